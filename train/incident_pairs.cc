// Prints what every two reports of a ledger are compared by: documents, events and the features of dedup/incidents.h, tab-separated.
// train/fit_incidents.py fits the weights to it.
#include <fmt/format.h>

#include <cstdio>

#include "dedup/incidents.h"
#include "ledger/ledger.h"
#include "ledger/reports.h"

int main(int argc, char** argv) {
  using namespace legation;
  if (argc != 2) return std::fputs("incident_pairs LEDGER\n", stderr), 1;
  auto ledger = Ledger::open_to_read(argv[1]);
  if (!ledger.ok()) return std::fprintf(stderr, "%s\n", ledger.error().what.c_str()), 1;
  fmt::print("doc_a\tdoc_b\treport_a\treport_b\t{}\n", fmt::join(likeness_names(), "\t"));
  Incidents incidents;
  std::vector<std::uint64_t> documents;
  const Status read = read_reports(ledger.value(), 0, [&](std::uint64_t, EventReport report) {
    const std::uint64_t number = documents.size(), document = report.document;
    documents.push_back(document);
    incidents.add_and_see(number, std::move(report), [&](std::uint64_t other, const Likeness& features) {
      if (documents[other] != document) fmt::print("{}\t{}\t{}\t{}\t{}\n", document, documents[other], number, other, fmt::join(features, "\t"));
    });
  });
  return read.ok() ? 0 : (std::fprintf(stderr, "%s\n", read.error().what.c_str()), 1);
}
