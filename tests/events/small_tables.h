// A lexicon of a few rows: the mechanism is tested here, the shipped tables in shipped_tables_test.cc.
#pragma once

#include "base/resources.h"

namespace legation {

inline Resources small_tables() {
  Resources resources;
  const auto put = [&](const char* name, const char* text) { resources.put(std::string("data/predicates/") + name, text); };
  put("frames.tsv",
      "frame\tactor\trecipient\tsymmetric\n"
      "does-to\tsubj by\tobj against on of\tno\n"
      "gives-to\tsubj by\tiobj to for\tno\n"
      "asks\tsubj by\tobj to\tno\n"
      "meets\tsubj obj with between\t\tyes\n"
      "goes-to\tsubj of\tto obj\tno\n"
      "alone\tsubj of by\t\tno\n"
      "fights\tsubj between\twith against obj\tsides\n");
  put("classes.tsv", "class\tlemmas\ntreaty\tdeal; accord\nquantifier\tseries; round\nlight_oblique\tengage\n");
  put("contents.tsv",
      "lemma\tpos\ttype\tmodes\tframe\tneeds\tcontexts\talone\n"
      "attack\tVERB\tASSAULT\t\tdoes-to\t\t\t\n"
      "attack\tNOUN\tASSAULT\t\tdoes-to\t\t\t\n"
      "arrest\tVERB\tCOERCE\tarrest\tdoes-to\t\t\t\n"
      "strike\tVERB\tSUPPORT\t\tmeets\tobj:$treaty\t\t\n"
      "strike\tVERB\tASSAULT\t\tdoes-to\t\t\t\n"
      "strike\tVERB\t-\t\t\tobj:balance\t\t\n"
      "meet\tVERB\tCONSULT\t\tmeets\t\t\t\n"
      "talk\tNOUN\tCONSULT\t\tmeets\t\t\t\n"
      "visit\tVERB\tCONSULT\tvisit\tgoes-to\t\t\t\n"
      "send\tVERB\tAID\t\tgives-to\tobj:tent\t\t\n"
      "release\tVERB\tRETREAT\trelease\tdoes-to\t\t\t\n"
      "bomb\tVERB\tASSAULT\taerial\tdoes-to\t\t\t\n"
      "fight\tVERB\tASSAULT\t\tfights\t\t\t\n"
      "reform\tNOUN\tCHANGE\t\talone\t\t\t\n");
  put("operator_names.tsv", "operator\nreject\nrequest\nstop\nagree\ndeny\n");
  put("operators.tsv",
      "lemma\tpos\toperator\tframe\tcomplement\tneeds\talone\n"
      "refuse\tVERB\treject\talone\txcomp obj\t\t\n"
      "reject\tVERB\treject\tdoes-to\tobj\t\t\n"
      "urge\tVERB\trequest\tasks\txcomp ccomp\t\t\n"
      "call\tVERB\trequest\tasks\tfor\tfor\t\n"
      "stop\tVERB\tstop\tdoes-to\txcomp obj\t\t\n"
      "agree\tVERB\tagree\talone\txcomp\t\t\n"
      "deny\tVERB\tdeny\talone\txcomp obj\t\t\n");
  put("composition.tsv",
      "operator\tcontent\ttype\tmodes\tactor\trecipient\tauxiliary\tcontent_event\twho\n"
      "reject\tCONSULT\tREJECT\tmeet\top.actor\top.addressee; content.recipient\t\tdrop\t\n"
      "reject\tRETREAT\tREJECT\tyield\top.actor\top.addressee\t\tdrop\t\n"
      "reject\t*\tREJECT\t\top.actor\top.addressee\t\tdrop\t\n"
      "reject\tnone\tREJECT\t\top.actor\top.addressee\t\tdrop\t\n"
      "request\tRETREAT\tREQUEST\tyield\top.actor\top.addressee; content.actor\t\tdrop\t\n"
      "request\tCHANGE\tREQUEST\tchange\top.actor\top.addressee\t\tdrop\t\n"
      "stop\tASSAULT\tRETREAT\tceasefire\tcontent.actor; op.actor\tcontent.recipient\t\tdrop\t\n"
      "agree\tRETREAT\tCONCEDE\t\top.actor\tcontent.recipient\t\tdrop\t\n"
      "deny\tASSAULT\tREJECT\t\top.actor\t\t\tnegation\t\n");
  put("scope.tsv",
      "lemma\tpos\tkind\tauxiliary\tneeds\n"
      "say\tVERB\treport\t\t\n"
      "claim\tVERB\treport; hedge\t\t\n"
      "accord\tVERB\treport\t\t\n"
      "according\tVERB\treport\t\t\n"
      "not\t*\tnegation\tnegation\t\n"
      "no\tDET\tnegation\tnegation\t\n"
      "nobody\tPRON\tnegation\tnegation\t\n"
      "may\tAUX\tmodal\thypothetical\t\n"
      "will\tAUX\tmodal\tfuture\t\n"
      "would\tAUX\tmodal\thypothetical\t\n"
      "if\tSCONJ\tconditional\thypothetical\t\n"
      "reportedly\tADV\thedge\t\t\n");
  put("light.tsv", "lemma\nlaunch\nhold\n");
  put("auxiliary.tsv",
      "auxiliary\ttype\tresult_type\tresult_modes\tkeep_flag\n"
      "future\tCONSULT\tAGREE\t\tno\n"
      "future\tRETREAT\tCONCEDE\t\tno\n");
  put("claims.tsv", "lemma\tpos\tproperty\tneeds\tframe\nally\tNOUN\tally_of\t\tdoes-to\n");
  put("plover_to_cameo.tsv", "type\tmode\tcameo\nASSAULT\t\t190\nCONSULT\tvisit\t042\nCONSULT\t\t040\n");
  return resources;
}

}  // namespace legation
