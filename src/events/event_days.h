// EventDays: the day of each event of a document, read beside its trigger or carried on from what the story has named. Door: date().
#pragma once

#include <optional>
#include <vector>

#include "events/coding_context.h"
#include "events/meaning.h"

namespace legation {

/// For one document; events may be dated in any order, and each goes on from what the text has named before it.
class EventDays {
 public:
  explicit EventDays(const CodingContext& context) : c_(context) {}

  /// Sets the event's date, and the auxiliary modes that follow from it.
  void date(const Reading& meaning, Event& event);
  /// What is agreed, promised or asked for lies ahead; the agreeing is of the day of the news.
  void date_commitment(Event& event) const;
  /// A month or a year that had ended before the news: whatever else is thought of the event, it is background.
  bool background(const Event& event) const;

 private:
  bool compares(std::uint32_t time) const;
  DatedBy date_of(std::uint32_t token, const Reading& meaning) const;
  bool dates_another_noun(const Reading& meaning, const DatedBy& dated) const;
  bool dates_the_end(const DatedBy& dated) const;
  bool stays_background(const Reading& meaning, const DatedBy& used) const;
  void remember_date(const Event& event);
  void carry_date(Event& event) const;
  bool lies_ahead(const Event& event) const;

  const CodingContext& c_;
  /// A day of the news that the story has named, and where.
  struct NamedDay {
    std::uint32_t begin = 0;  ///< of the trigger
    std::uint32_t sentence = 0;
    EventDate date;
  };
  std::vector<std::uint32_t> ahead_;  ///< where the triggers begin whose own clause lies ahead
  std::vector<NamedDay> named_;       ///< in the order of the text
};

}  // namespace legation
