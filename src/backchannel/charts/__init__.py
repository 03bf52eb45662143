"""Charts: Vega-Lite specifications made from small records of the analysis, in one theme, written as files offline.

``theme`` holds the look that all charts share, ``render`` writes one as PNG, SVG or Vega-Lite; each further file draws
one kind of chart. They need the extra ``analysis``; importing one without it says so.
"""
