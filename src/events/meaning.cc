#include "events/meaning.h"

#include <algorithm>

#include "base/ascii.h"

namespace legation {

bool is_first_person(const Actor& actor) {
  static constexpr std::string_view pronouns[] = {"i", "we", "us", "me", "our", "my", "I", "We", "Our", "My"};
  return actor.code.empty() && std::find(std::begin(pronouns), std::end(pronouns), actor.text) != std::end(pronouns);
}

namespace {

constexpr int max_nesting = 4;  // operators over operators; deeper nesting does not occur in prose

void add_new(Party& party, const Party& more) {
  for (const Mention* mention : more)
    if (std::find(party.begin(), party.end(), mention) == party.end()) party.push_back(mention);
}

/// The words of a name are no triggers: "World Trade Organization" trades nothing.
bool inside_name(const Mentions& mentions, std::uint32_t token) {
  const std::int32_t at = mentions.of_token[token];
  if (at < 0) return false;
  const Mention& mention = mentions.list[static_cast<std::size_t>(at)];
  return mention.kind != MentionKind::unknown || mention.head != token;
}

Party resolve(const ArgumentRule& rule, const Party& op_actor, const Party& op_addressee, const Reading* inner) {
  const auto source = [&](ArgumentSource wanted) -> const Party& {
    static const Party nobody;
    switch (wanted) {
      case ArgumentSource::op_actor:
        return op_actor;
      case ArgumentSource::op_addressee:
        return op_addressee;
      case ArgumentSource::content_actor:
        return inner == nullptr ? nobody : inner->actors;
      default:
        return inner == nullptr ? nobody : inner->recipients;
    }
  };
  Party party;
  for (const auto& joined : rule.alternatives) {
    for (ArgumentSource wanted : joined) add_new(party, source(wanted));
    if (!party.empty()) break;
  }
  return party;
}

/// Is one of them the same actor, under whatever mention?
bool shares(const Party& a, const Party& b) {
  return std::any_of(a.begin(), a.end(), [&](const Mention* one) {
    return std::any_of(b.begin(), b.end(), [&](const Mention* two) {
      return one == two || (!one->actors.front().code.empty() && one->actors.front().code == two->actors.front().code);
    });
  });
}

/// "I hope that": who that is, the quotation tells later.
bool first_person(const Party& party) {
  return std::ranges::any_of(party, [](const Mention* mention) { return mention->kind == MentionKind::pronoun && is_first_person(mention->actors.front()); });
}

void remove(Party& party, const Party& others) {
  std::erase_if(party, [&](const Mention* mention) { return std::find(others.begin(), others.end(), mention) != others.end(); });
}

}  // namespace

const PredicateEntry* Composer::choose(std::uint32_t token) {
  if (chosen_[token]) return choices_[token];
  chosen_[token] = 1;
  if (inside_name(arguments_.mentions(), token)) return nullptr;
  Upos upos = parse_[token].upos;
  if (upos == Upos::PROPN) upos = Upos::NOUN;  // headlines: "Talks Resume"
  for (const PredicateEntry& entry : predicates_.entries(lower_lemma(token), upos)) {
    if (!arguments_.all_hold(token, entry.needs)) continue;
    use_up(token, entry);
    return choices_[token] = &entry;
  }
  return nullptr;
}

/// Names keep their capital in the lemma; in headlines every noun looks like one.
std::string_view Composer::lower_lemma(std::uint32_t token) {
  const std::string_view lemma = parse_[token].lemma;
  if (parse_[token].upos != Upos::PROPN) return lemma;
  scratch_.assign(lemma);
  for (char& c : scratch_) c = ascii::to_lower(c);
  return scratch_;
}

// The words that told the sense are part of it: the tents in "sent tents", the arrest in "arrest warrant".
void Composer::use_up(std::uint32_t token, const PredicateEntry& entry) {
  if (entry.is_operator) return;
  Tokens fillers;
  for (const Condition& condition : entry.needs) {
    if (condition.absent || condition.lemma_set.empty()) continue;
    fillers.clear();
    arguments_.fillers(token, condition.slot, fillers);
    for (std::uint32_t filler : fillers)
      if (condition.lemma_set.contains(parse_[filler].lemma) && !arguments_.is_predicate(filler)) consumed_[filler] = 1;
  }
}

void Composer::collect(std::uint32_t token, const std::vector<Slot>& slots, Arguments::Side side, bool all, Party& out) {
  Tokens tokens;
  for (Slot slot : slots) {
    tokens.clear();
    arguments_.fillers(token, slot, tokens);
    Party found;
    for (std::uint32_t filler : tokens) arguments_.mentions_of(filler, side, found);
    add_new(out, found);
    if (!out.empty() && !all) return;
  }
}

/// "held talks", "came under attack": a verb that lends the noun its subject tells it as done.
bool Composer::carried(std::uint32_t token) const {
  const std::int32_t verb = arguments_.light_verb(token);
  return verb >= 0 && predicates_.is_light(parse_[static_cast<std::uint32_t>(verb)].lemma);
}

Reading Composer::content(std::uint32_t token, const PredicateEntry& entry) {
  Reading meaning;
  meaning.code = entry.meaning;
  meaning.user = entry.user;
  meaning.modes = entry.modes;
  meaning.contexts = entry.contexts;
  meaning.trigger = meaning.content = token;
  meaning.rule = entry.place;
  meaning.conditions = static_cast<int>(entry.needs.size());
  meaning.alone = entry.alone || carried(token);
  const Frame& frame = predicates_.frame(entry.frame);
  meaning.symmetry = frame.symmetry;
  const bool together = frame.symmetry == Frame::Symmetry::yes;
  collect(token, frame.actor, Arguments::Side::actor, together, meaning.actors);
  collect(token, frame.recipient, Arguments::Side::recipient, together, meaning.recipients);
  // the body before "summit" is its frame ("the APEC summit"), not who meets
  if (together && parse_[token].upos != Upos::VERB)
    std::erase_if(meaning.actors, [&](const Mention* mention) {
      return mention->actors.front().code == "IGO" && mention->head < token && parse_[mention->head].deprel != Deprel::nmod_poss;
    });
  share(meaning);
  meaning.agentless = meaning.actors.empty();
  return meaning;
}

// Who stands where when an act has no clear direction (PLOVER reference 5.2, 5.3 and gap 17).
void Composer::share(Reading& meaning) const {
  if (meaning.symmetry == Frame::Symmetry::yes) {
    add_new(meaning.actors, meaning.recipients);
    meaning.recipients.clear();
  }
  remove(meaning.recipients, meaning.actors);
  const bool split = meaning.symmetry == Frame::Symmetry::split;
  if (split && meaning.recipients.empty() && meaning.actors.size() > 1) {
    meaning.recipients.assign(meaning.actors.begin() + 1, meaning.actors.end());
    meaning.actors.resize(1);
  }
}

bool Composer::compose(std::uint32_t token, const PredicateEntry& entry, const Reading* inner, std::vector<Reading>& out) {
  static const std::vector<std::string_view> no_modes;
  const Frame& frame = predicates_.frame(entry.frame);
  Party op_actor, op_addressee;
  const bool together = frame.symmetry == Frame::Symmetry::yes;
  collect(token, frame.actor, Arguments::Side::actor, together, op_actor);
  collect(token, frame.recipient, Arguments::Side::recipient, together, op_addressee);
  if (together) add_new(op_actor, op_addressee);
  const bool other = inner != nullptr && !inner->actors.empty() && !shares(inner->actors, op_actor) && !first_person(op_actor);
  const auto doer = other ? CompositionRow::Doer::other : CompositionRow::Doer::own;
  const CompositionRow* row = predicates_.compose(entry.op, inner == nullptr ? meaning_none : inner->code, inner == nullptr ? no_modes : inner->modes, doer);
  if (row == nullptr) return false;
  Reading meaning;
  meaning.trigger = token;
  meaning.content = inner == nullptr ? token : inner->content;
  meaning.code = row->keeps_type ? inner->code : row->result;
  if (row->keeps_modes && inner != nullptr)
    meaning.modes = inner->modes;
  else
    meaning.modes = row->modes;
  if (inner != nullptr) meaning.contexts = inner->contexts;
  meaning.actors = resolve(row->actor, op_actor, op_addressee, inner);
  meaning.recipients = resolve(row->recipient, op_actor, op_addressee, inner);
  if (row->keeps_type && inner != nullptr) meaning.symmetry = inner->symmetry;
  share(meaning);
  meaning.agentless = meaning.actors.empty();
  meaning.user = entry.user || (inner != nullptr && inner->user);
  meaning.alone = inner != nullptr || entry.alone || carried(token);
  meaning.auxiliary = row->auxiliary;
  // "accused Arland of failing to act": the accusation is made
  if (inner != nullptr) meaning.auxiliary |= row->keeps_type ? inner->auxiliary : static_cast<std::uint8_t>(inner->auxiliary & ~auxiliary_negation);
  meaning.conditions = static_cast<int>(entry.needs.size()) + (inner == nullptr ? 0 : inner->conditions + 1);
  const std::string_view op = predicates_.operator_name(entry.op);
  // to accept a demand is to yield at once; to accept to do something is a promise
  const std::string_view accepted = inner == nullptr ? "" : predicates_.meaning_name(inner->code);
  const bool demand = accepted == "DEMAND" || accepted == "REQUEST";
  meaning.promised = (!demand && (op == "agree" || op == "promise" || op == "plan")) || (inner != nullptr && inner->promised);
  meaning.rule = entry.place + " " + std::string(predicates_.operator_name(entry.op));
  if (inner != nullptr) meaning.rule += " x (" + inner->rule + ")";
  meaning.rule += " -> " + row->place;
  if (row->keeps_content && inner != nullptr) {
    kept_.push_back(*inner);
    kept_.back().auxiliary |= row->content_auxiliary;
  }
  out.push_back(std::move(meaning));
  return true;
}

void Composer::apply(std::uint32_t token, const PredicateEntry& entry, int depth, std::vector<Reading>& out) {
  Tokens complements;
  std::vector<Reading> inner;
  for (Slot slot : entry.complements) {
    complements.clear();
    arguments_.fillers(token, slot, complements);
    for (std::uint32_t complement : complements)
      if (complement != token) inner_meanings(complement, depth + 1, inner);
    std::erase_if(inner, [](const Reading& meaning) { return meaning.code == meaning_blocked; });
    if (!inner.empty()) break;
  }
  bool composed = false;
  for (const Reading& meaning : inner) {
    const auto same = [&](const Reading& other) { return other.code == meaning.code && other.modes == meaning.modes; };
    if (std::any_of(std::as_const(inner).data(), &meaning, same)) continue;  // "to release prisoners and free hostages" is one demand
    composed |= compose(token, entry, &meaning, out);
  }
  if (!composed) compose(token, entry, nullptr, out);
}

void Composer::meanings_of(std::uint32_t token, int depth, std::vector<Reading>& out) {
  if (depth > max_nesting) return;
  const PredicateEntry* entry = choose(token);
  if (entry == nullptr || consumed_[token]) return;
  consumed_[token] = 1;
  if (entry->is_operator) return apply(token, *entry, depth, out);
  out.push_back(content(token, *entry));
}

// What stands in a complement: its head's meaning, or that of the noun or verb the head only carries ("a plan to",
// "an end to", "hold talks").
void Composer::inner_meanings(std::uint32_t token, int depth, std::vector<Reading>& out) {
  if (depth > max_nesting) return;
  const std::size_t before = out.size();
  meanings_of(token, depth, out);
  if (out.size() > before) return;
  const bool verb = parse_[token].upos == Upos::VERB || parse_[token].upos == Upos::AUX;
  for (std::uint32_t at : parse_.children(token)) {
    const Deprel deprel = parse_[at].deprel;
    const bool carried = verb ? deprel == Deprel::obj || deprel == Deprel::xcomp || deprel == Deprel::ccomp || deprel == Deprel::nsubj_pass ||
                                    (deprel == Deprel::conj && parse_[at].upos == Upos::VERB) ||
                                    (deprel == Deprel::obl && predicates_.is_light(parse_[token].lemma))
                              : deprel == Deprel::acl || deprel == Deprel::xcomp || deprel == Deprel::ccomp ||
                                    (deprel == Deprel::nmod && arguments_.preposition(at) != "by" && arguments_.preposition(at) != "from") ||
                                    (deprel == Deprel::conj && parse_[at].upos == parse_[token].upos);
    if (carried) inner_meanings(at, depth + 1, out);
  }
}

void Composer::read(std::uint32_t sentence, std::vector<Reading>& out, std::vector<Dropped>& dropped) {
  sentence_ = sentence;
  dropped_ = &dropped;
  const TokenRange range = parse_.sentences[sentence].tokens;
  // From the root down, so that an operator takes its content before the content stands alone.
  Tokens queue{parse_.sentences[sentence].root};
  std::vector<Reading> found;
  for (std::size_t at = 0; at < queue.size(); ++at) {
    const std::uint32_t token = queue[at];
    if (!range.contains(token)) continue;
    meanings_of(token, 0, found);
    for (std::uint32_t child : parse_.children(token)) queue.push_back(child);
  }
  std::move(kept_.begin(), kept_.end(), std::back_inserter(found));
  kept_.clear();
  for (Reading& meaning : found) {
    if (meaning.code >= 0 && meaning.code < static_cast<MeaningCode>(event_type_count)) {
      out.push_back(std::move(meaning));
    } else if (trace_) {
      const Token& token = parse_[meaning.trigger];
      const bool blocked = meaning.code == meaning_blocked;
      dropped.push_back({sentence,
                         {token.begin, token.end},
                         meaning.rule,
                         blocked ? "the sense is no event" : std::string(predicates_.meaning_name(meaning.code)) + " is no event without an operator"});
    }
  }
  std::stable_sort(out.begin(), out.end(), [](const Reading& a, const Reading& b) { return a.trigger < b.trigger; });
}

}  // namespace legation
