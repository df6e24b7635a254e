"""What teacher and student share: features as numbers, the heads over word vectors, losses and scores.

A token's vector goes through these heads: the event it triggers (type or none, modes, auxiliary modes); for a trigger and another
token of the sentence whether that one acts, receives or tells; for a party its sector, and for a party and a country named in the sentence
whether it belongs there. The tables' own reading enters as features of tokens and pairs.
"""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

import corpus

NONE = len(corpus.TYPES)
ROLES = 4  # of a trigger: actor, recipient, speaker; of a party: country
COUNTRY = 3
ROLE_SIZE = 64
PATHS = 4096
DISTANCES = 12
PLACES = NONE * COUNTRY
FEATURES = 512  # rows of the feature table; src/events/event_features.h counts them
HIDDEN = 128


def place_of(kind: int, role: int) -> int:
    return kind * COUNTRY + role


def fnv1a(numbers) -> int:
    value = 2166136261
    for number in numbers:
        value = (value ^ number) * 16777619 & 0xFFFFFFFF
    return value


def path_row(document: corpus.Document, trigger: int, other: int) -> int:
    """Row of the way through the tree from `other` up and down to `trigger`; 0 when it is longer than five arcs."""
    tokens = document.tokens
    chain = [trigger]
    while tokens[chain[-1]][4] >= 0 and len(chain) <= 6:
        chain.append(tokens[chain[-1]][4])
    at, ups = other, []
    while at not in chain:
        ups.append(tokens[at][5] + 1)
        at = tokens[at][4]
        if at < 0 or len(ups) > 5:
            return 0
    downs = [129 + tokens[i][5] for i in reversed(chain[: chain.index(at)])]
    if len(ups) + len(downs) > 5:
        return 0
    return 1 + fnv1a(ups + downs) % (PATHS - 1)


def distance_row(trigger: int, other: int) -> int:
    far = min(5, [0, 0, 1, 2, 2, 3, 3, 3, 4, 4, 4, 4][min(11, abs(trigger - other))] if abs(trigger - other) < 12 else 5)
    return far + (6 if other > trigger else 0)


def rule_rows(document: corpus.Document, trigger: int) -> dict[int, int]:
    """By head token of a mention: 1 the tables let it act, 2 receive, 3 both."""
    rows: dict[int, int] = {}
    for reading in document.readings:
        if reading["t"] != trigger or not 0 <= reading["type"] < NONE:
            continue
        for side, bit in (("actors", 1), ("recipients", 2)):
            for mention in reading[side]:
                head = document.mentions[mention][2]
                rows[head] = rows.get(head, 0) | bit
        break  # the first reading of a trigger is the one in its features
    return rows


def candidates(document: corpus.Document, trigger: int) -> list[int]:
    """Tokens of the trigger's sentence that may be parties: heads of mentions, nouns, names and pronouns outside of mentions."""
    first, last = next((s[0], s[1]) for s in document.sentences if s[0] <= trigger < s[1])
    heads = {m[2] for m in document.mentions if first <= m[2] < last}
    inside = {t for m in document.mentions for t in range(m[0], m[1])}
    loose = {t for t in range(first, last) if t not in inside and document.tokens[t][3] in (7, 10, 11)}
    return sorted((heads | loose) - {trigger})


# Codes that are no country's.
NO_COUNTRY = {"UNO", "EUR", "IGO", "NGO", "ISM", "IMG", "MNC"}


def country_of(mention) -> str:
    code = mention[5][0][0] if len(mention[5]) == 1 else ""
    return "" if code in NO_COUNTRY else code


def country_pairs(document: corpus.Document, party: int) -> np.ndarray:
    """As pairs_of: the party and each other mention of its sentence that has a country; in place of the rule's row the mention's kind."""
    first, last = next((s[0], s[1]) for s in document.sentences if s[0] <= party < s[1])
    rows = [(party, m[2], {0: 1, 4: 2}.get(m[3], 3), path_row(document, party, m[2]), distance_row(party, m[2]))
            for m in document.mentions if first <= m[2] < last and m[2] != party and country_of(m)]
    return np.array(rows, np.int64).reshape(-1, 5)


def pairs_of(document: corpus.Document, trigger: int) -> np.ndarray:
    """[n][5]: trigger, other, row of the rule, of the path, of the distance."""
    rules = rule_rows(document, trigger)
    rows = [(trigger, c, rules.get(c, 0), path_row(document, trigger, c), distance_row(trigger, c)) for c in candidates(document, trigger)]
    return np.array(rows, np.int64).reshape(-1, 5)


class Heads(nn.Module):
    def __init__(self, d: int):
        super().__init__()
        self.hidden = nn.Linear(d, HIDDEN)
        self.kind = nn.Linear(HIDDEN, NONE + 1)
        self.mode = nn.Linear(HIDDEN, len(corpus.MODES))
        self.auxiliary = nn.Linear(HIDDEN, len(corpus.AUXILIARY))
        self.trigger = nn.Linear(d, ROLES * ROLE_SIZE)
        self.party = nn.Linear(d, ROLES * ROLE_SIZE)
        self.sector_hidden = nn.Linear(d, ROLE_SIZE)
        self.sector = nn.Linear(ROLE_SIZE, len(corpus.SECTORS))
        self.place = nn.Embedding(PLACES, len(corpus.SECTORS))  # "they arrested", "they marched": what the act says of who does it
        nn.init.zeros_(self.place.weight)
        self.scale = nn.Parameter(torch.full((ROLES,), 0.5))
        self.rule = nn.Embedding(4, ROLES)
        self.path = nn.Embedding(PATHS, ROLES)
        self.distance = nn.Embedding(DISTANCES, ROLES)
        for table in (self.rule, self.path, self.distance):
            nn.init.zeros_(table.weight)
        with torch.no_grad():
            self.rule.weight[:] = -1.0

    def events(self, x):
        """Scores of type, modes and auxiliary modes of each token."""
        h = F.dropout(torch.tanh(self.hidden(x)), 0.3, self.training)
        return self.kind(h), self.mode(h), self.auxiliary(h)

    def parties(self, x, where, pairs):
        """[pairs][roles]; `where` says in which row of the batch a pair stands."""
        t = torch.tanh(self.trigger(x))[where, pairs[:, 0]].view(-1, ROLES, ROLE_SIZE)
        p = torch.tanh(self.party(x))[where, pairs[:, 1]].view(-1, ROLES, ROLE_SIZE)
        t, p = F.dropout(t, 0.2, self.training), F.dropout(p, 0.2, self.training)
        return (t * p).sum(-1) * self.scale + self.rule(pairs[:, 2]) + self.path(pairs[:, 3]) + self.distance(pairs[:, 4])


    def sectors(self, x, where, token, place):
        """[parties][sectors]; `place` is the type of the event and the party's role in it, as place_of() numbers them."""
        h = torch.tanh(self.sector_hidden(x))[where, token]
        return self.sector(F.dropout(h, 0.2, self.training)) + self.place(place)


def targets(document: corpus.Document):
    """Hard labels in the form of the soft ones: type distribution per token; the triggers with modes, auxiliary and pairs; the parties with
    sector and country pairs."""
    n = len(document.tokens)
    types = np.zeros((n, NONE + 1), np.float32)
    types[:, NONE] = 1
    triggers = []
    for event in document.gold:
        if types[event.trigger, NONE] == 0 and types[event.trigger, event.type] == 0:  # two events on one word: shared
            types[event.trigger] *= 0.5
            types[event.trigger, event.type] = 0.5
        else:
            types[event.trigger] = 0
            types[event.trigger, event.type] = 1
        modes = np.zeros(len(corpus.MODES), np.float32)
        modes[event.modes] = 1
        auxiliary = np.zeros(4, np.float32)
        auxiliary[event.auxiliary] = 1
        pairs = pairs_of(document, event.trigger)
        roles = np.zeros((len(pairs), COUNTRY), np.float32)
        for role, side in enumerate((event.actors, event.recipients, event.speakers)):
            for row, pair in enumerate(pairs):
                roles[row, role] = pair[1] in side
        triggers.append((event.trigger, modes, auxiliary, pairs, roles))
    return types, triggers, party_targets(document)


def party_targets(document: corpus.Document) -> list:
    """Per party and place in an event: token, place, distribution of sectors, country pairs, and 1 for each pair whose country is the
    party's. A party's pairs stand with its first place alone."""
    rows = []
    codes = {m[2]: country_of(m) for m in document.mentions}
    seen = set()
    for token, code, sector, place in sorted({(*party[:3], place_of(event.type, party[3])) for event in document.gold for party in event.parties}):
        chances = np.zeros(len(corpus.SECTORS), np.float32)
        chances[sector] = 1
        pairs = country_pairs(document, token) if (token, code) not in seen else np.zeros((0, 5), np.int64)
        seen.add((token, code))
        rows.append((token, place, chances, pairs, np.array([codes[other] == code for other in pairs[:, 1]], np.float32)))
    return rows


def split(documents: list[corpus.Document], dev: bool):
    """Training documents with their targets, and those to look at; the test part is in neither."""
    aside = lambda d: dev and corpus.is_dev(d.id)  # noqa: E731
    rest = [d for d in documents if not d.test]
    return [(d, targets(d)) for d in rest if not aside(d)], [d for d in rest if aside(d)]


MODE_TYPE = np.array([corpus.TYPES.index(kind) for kind, _ in corpus.MODES])


def loss_of(heads: Heads, x, mask, batch) -> torch.Tensor:
    """`batch`: types [b][n][17]; trigger rows: where [m], token [m], modes, auxiliary, mode_mask; pair rows: pair_where, pairs, roles; party rows:
    party_where, party, party_place, sectors; their pair rows: country_where, country_pairs, countries."""
    types, modes, auxiliary = heads.events(x)
    log = types.float().log_softmax(-1)
    loss = -(log * batch["types"]).sum(-1)[mask].mean() * 4
    if len(batch["where"]):
        m = modes.float()[batch["where"], batch["token"]]
        a = auxiliary.float()[batch["where"], batch["token"]]
        loss = loss + 0.5 * (F.binary_cross_entropy_with_logits(m, batch["modes"], reduction="none") * batch["mode_mask"]).sum() / max(1, len(m)) / 3
        loss = loss + 0.5 * F.binary_cross_entropy_with_logits(a, batch["auxiliary"])
    if len(batch["pair_where"]):
        p = heads.parties(x, batch["pair_where"], batch["pairs"]).float()[:, :COUNTRY]
        loss = loss + F.binary_cross_entropy_with_logits(p, batch["roles"], reduction="sum") / max(1, len(batch["where"])) / 6
    if len(batch["party"]):
        s = heads.sectors(x, batch["party_where"], batch["party"], batch["party_place"]).float().log_softmax(-1)
        loss = loss - 0.5 * (s * batch["sectors"]).sum(-1).mean()
    if len(batch["country_where"]):
        p = heads.parties(x, batch["country_where"], batch["country_pairs"]).float()[:, COUNTRY]
        loss = loss + F.binary_cross_entropy_with_logits(p, batch["countries"], reduction="sum") / len(batch["party"]) / 4
    return loss


def stack_targets(group: list, width: int) -> dict[str, torch.Tensor]:
    """`group`: pairs of document and targets()."""
    types = np.zeros((len(group), width, NONE + 1), np.float32)
    types[..., NONE] = 1
    where, token, modes, auxiliary, mask, pair_where, pairs, roles = ([] for _ in range(8))
    party_where, party, party_place, sectors, country_where, country, countries = ([] for _ in range(7))
    for i, (document, (kinds, triggers, parties)) in enumerate(group):
        types[i, : len(kinds)] = kinds
        for trigger, mode, flags, rows, sides in triggers:
            where.append(i)
            token.append(trigger)
            modes.append(mode)
            auxiliary.append(flags)
            mask.append((kinds[trigger][MODE_TYPE] > 0.2).astype(np.float32))
            pair_where += [i] * len(rows)
            pairs.append(rows)
            roles.append(sides)
        for head, place, chances, rows, same in parties:
            party_where.append(i)
            party.append(head)
            party_place.append(place)
            sectors.append(chances)
            country_where += [i] * len(rows)
            country.append(rows)
            countries.append(same)
    t = torch.from_numpy
    joined = lambda items, shape, kind: np.concatenate(items) if items else np.zeros(shape, kind)  # noqa: E731
    return {
        "types": t(types), "where": torch.tensor(where, dtype=torch.long), "token": torch.tensor(token, dtype=torch.long),
        "modes": t(np.array(modes, np.float32).reshape(-1, len(corpus.MODES))), "auxiliary": t(np.array(auxiliary, np.float32).reshape(-1, 4)),
        "mode_mask": t(np.array(mask, np.float32).reshape(-1, len(corpus.MODES))), "pair_where": torch.tensor(pair_where, dtype=torch.long),
        "pairs": t(joined(pairs, (0, 5), np.int64)), "roles": t(joined(roles, (0, COUNTRY), np.float32)),
        "party_where": torch.tensor(party_where, dtype=torch.long), "party": torch.tensor(party, dtype=torch.long),
        "party_place": torch.tensor(party_place, dtype=torch.long),
        "sectors": t(np.array(sectors, np.float32).reshape(-1, len(corpus.SECTORS))), "country_where": torch.tensor(country_where, dtype=torch.long),
        "country_pairs": t(joined(country, (0, 5), np.int64)), "countries": t(joined(countries, (0,), np.float32)),
    }


class Score:
    """Events by type and sentence, as `legation eval` pairs them; parties and flags of the pairs."""

    def __init__(self):
        self.gold = self.coded = self.right = self.flags = self.modes = self.actors = self.recipients = self.both = 0
        self.parties = self.sectors = self.told_country = self.countries = 0

    def add(self, document: corpus.Document, events: list) -> None:
        """`events`: (trigger, type, modes, flags, actors, recipients)."""
        sentence = lambda t: next(i for i, s in enumerate(document.sentences) if s[0] <= t < s[1])  # noqa: E731
        left = list(events)
        self.gold += len(document.gold)
        self.coded += len(left)
        for gold in document.gold:
            same = [e for e in left if e[1] == gold.type and sentence(e[0]) == sentence(gold.trigger)]
            if not same:
                continue
            best = max(same, key=lambda e: (e[0] == gold.trigger, set(e[4]) == set(gold.actors), set(e[5]) == set(gold.recipients)))
            left.remove(best)
            self.right += 1
            self.flags += set(best[3]) == set(gold.auxiliary)
            self.modes += set(best[2]) == set(gold.modes)
            a, r = set(best[4]) == set(gold.actors), set(best[5]) == set(gold.recipients)
            self.actors += a
            self.recipients += r
            self.both += a and r

    @torch.no_grad()
    def add_parties(self, heads: Heads, x, at: int, document: corpus.Document) -> None:
        """Of the gold parties of row `at` of the batch: the likeliest sector, and the likeliest country if any is likely."""
        x = x[at : at + 1]
        for token, place, chances, pairs, same in party_targets(document):
            self.parties += 1
            self.sectors += int(heads.sectors(x, *(torch.tensor([n]) for n in (0, token, place))).argmax()) == int(chances.argmax())
            if len(pairs):
                self.told_country += 1
                scores = heads.parties(x, torch.zeros(len(pairs), dtype=torch.long), torch.from_numpy(pairs)).float()[:, COUNTRY]
                best = int(scores.argmax())
                self.countries += bool(same[best]) if scores[best] > 0 else not same.any()

    def line(self) -> str:
        f = lambda right: 2 * right / max(1, self.gold + self.coded)  # noqa: E731
        return (f"P {self.right / max(1, self.coded):.3f} R {self.right / max(1, self.gold):.3f} type {f(self.right):.3f} parties {f(self.both):.3f} "
                f"actors {f(self.actors):.3f} recipients {f(self.recipients):.3f} modes {f(self.modes):.3f} flags {f(self.flags):.3f} "
                f"sectors {self.sectors / max(1, self.parties):.3f} countries {self.countries / max(1, self.told_country):.3f}")


@torch.no_grad()
def decode(heads: Heads, x, group: list[corpus.Document], threshold: float = 0.5) -> list[list]:
    """Events of each document of a batch, as Score.add takes them."""
    types, modes, auxiliary = heads.events(x)
    p = types.float().softmax(-1)
    out = []
    for i, document in enumerate(group):
        events = []
        for token in range(len(document.tokens)):
            if p[i, token, NONE] > threshold:
                continue
            kind = int(p[i, token, :NONE].argmax())
            pairs = pairs_of(document, token)
            sides = [[], [], []]
            if len(pairs):
                scores = heads.parties(x[i : i + 1], torch.zeros(len(pairs), dtype=torch.long), torch.from_numpy(pairs)).float().sigmoid()
                for role in range(COUNTRY):
                    sides[role] = [int(pairs[row, 1]) for row in range(len(pairs)) if scores[row, role] > 0.5]
            told = [m for m in range(len(corpus.MODES)) if MODE_TYPE[m] == kind and modes[i, token, m] > 0]
            flags = [f for f in range(4) if auxiliary[i, token, f] > 0]
            events.append((token, kind, told, flags, sides[0], sides[1]))
        out.append(events)
    return out
