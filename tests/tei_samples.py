"""A small volume of records, written by us, in the ways of encoding that real volumes have used."""

from pathlib import Path

HEADER = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xmlns:frus="http://history.state.gov/frus/ns/1.0"><teiHeader><fileDesc><titleStmt>
<title type="complete">Foreign Relations of the United States, 1961–1963, Volume
  II, The Straits</title><title type="series">Foreign Relations of the United States</title>
<editor role="primary">Ada Reed</editor><editor role="general">Bo Lind</editor></titleStmt>
<publicationStmt><publisher>Crown Press</publisher><pubPlace>Northport</pubPlace><date>1988</date>
<idno type="isbn-10"/><idno type="frus">frus1961-63v99</idno></publicationStmt></fileDesc></teiHeader><text>
<front><div type="section" xml:id="persons"><head>Persons</head><list type="names">
<item><hi rend="strong"><persName xml:id="p_RA1">Reyes, Alma</persName></hi>, Ambassador of Spain to the
  United States from May 1960</item>
<item><hi rend="strong"><persName xml:id="p_RD3">Rusk, Dean</persName></hi>, Secretary of State</item>
<item><persName xml:id="p_HW1">Holt, Walter</persName>, Counselor of the Embassy in Madrid</item>
</list></div></front><body><div type="compilation"><head>The Straits</head>"""
FOOTER = "</div></body></text></TEI>"

LIST = """<div type="document" xml:id="d1" n="1"><head>1. Memorandum of Conversation<note n="1" xml:id="d1fn1"
type="source">Source: Foreign Office, Central Files, 1–61. Secret; Nodis. Drafted by <persName corresp="#p_HW1">Holt</persName>.
The meeting was held in the Map Room.</note></head>
<dateline><placeName>Washington</placeName>, <date when="1961-05-04T15:30:00">May 4, 1961, 3:30
  p.m.</date></dateline>
<list type="subject"><head>SUBJECT</head><item>Trade Through the Straits</item></list>
<list type="participants"><head>PARTICIPANTS</head>
<item><hi rend="italic">Spain</hi></item>
<item>Ambassador <persName corresp="#p_RA1">Alma Reyes</persName>, Spanish Embassy</item>
<item>Miss Vega, Interpreter</item>
<item><hi rend="italic">United States</hi></item>
<item>The Secretary<note n="2" xml:id="d1fn2">Who had come back from Rome that day.</note></item>
<item>Mr. <persName corresp="#p_HW1">Walter Holt</persName>, Aide to Secretary <persName corresp="#p_RD3">Rusk</persName></item>
</list>
<p>The <pb n="5" xml:id="pg_5"/>Ambassador said that Spain had met Morocco in Rabat on April 30.<note n="3">No record of that
meeting has been found.</note> She hoped (<gloss target="#t_X">X</gloss>) for calm.</p>
<closer><signed><hi rend="strong">W. Holt</hi></signed></closer></div>"""

INNER = """<div type="document" subtype="historical-document" xml:id="d2" n="2" frus:doc-dateTime-min="1961-06-01T16:42:00-05:00"
frus:doc-dateTime-max="1961-06-01T19:17:00-05:00"><head>2. Memorandum of Conversation, Madrid, June 1, 1961</head>
<dateline><placeName>Madrid</placeName>, <date when="1961-06-01">June 1, 1961</date>,
<time from="16:42:00" to="19:17:00">4:42–7:17 p.m.</time></dateline>
<list type="participants"><head>PARTICIPANTS:</head>
<item><list><head>U.S.</head><item><persName corresp="#p_HW1">Walter Holt</persName></item></list></item>
<item><list><head>Spanish:</head><item>General Ortega</item><item>Mr. Luna—Notetaker</item></list></item></list>
<p>Both sides spoke of the harbors.</p></div>"""

WORDS = """<div type="document" xml:id="d3" n="3"><head>No. 3 Minutes of a Meeting, The Palace</head>
<p rend="flushleft">(Enclosure)</p>
<dateline rend="right"><hi rend="italic">Rabat, <date from="1961-06-03" to="1961-06-04">June 3–4, 1961</date></hi></dateline>
<dateline><placeName>Tangier</placeName>, <date when="1961-06-09">June 9, 1961</date></dateline>
<list type="to"><head>PRESENT</head><item>Morocco:</item><item>The Foreign Minister</item>
<item>Spain:</item><item>See attached list</item><item>Ambassador Soto and Colonel Paz</item></list>
<p>They sat late.</p></div>"""

TELEPHONE = """<div type="document" xml:id="d4" n="4"><head>4. Memorandum of a Telephone Conversation Between the Secretary of State
and the Ambassador of Spain (<persName corresp="#p_RA1" type="to">Reyes</persName>)</head>
<dateline><placeName>Washington</placeName>, <date when="1961-07-01">July 1, 1961</date></dateline>
<p>The Secretary said the ships would sail.</p></div>"""

BACKCHANNEL = """<div type="document" xml:id="d5" n="5"><head>5. Backchannel Message From the Counselor in Madrid
(<persName corresp="#p_HW1" type="from">Holt</persName>) to Secretary <persName corresp="#p_RD3" type="to">Rusk</persName></head>
<note rend="inline">[Source: Rusk Papers. Top Secret; Eyes Only.]</note>
<dateline><placeName>Madrid</placeName>, undated</dateline>
<p>Hold the text until Friday.</p></div>"""

NOTE = """<div type="document" subtype="editorial-note" xml:id="d6" n="6" frus:doc-dateTime-min="1961-08-02T00:00:00-05:00"
frus:doc-dateTime-max="1961-08-02T23:59:59-05:00"><head>6. Editorial Note</head>
<p>On August 2 the two governments announced an agreement.</p></div>"""

DOCUMENTS = (LIST, INNER, WORDS, TELEPHONE, BACKCHANNEL, NOTE)


def volume(folder: Path, *documents: str, name: str = "frus1961-63v99.xml") -> str:
    """Put a volume of these documents, by default of all, into a folder and give its path."""
    path = folder / name
    path.write_text(HEADER + "".join(documents or DOCUMENTS) + FOOTER, encoding="utf-8")
    return str(path)
