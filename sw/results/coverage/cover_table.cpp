// SPDX-License-Identifier: Apache-2.0
#include "sw/results/coverage/cover_table.h"

#include <algorithm>

namespace airnn {

namespace {

using Names = std::vector<std::string>;

constexpr BinKind kGoal = BinKind::goal;
constexpr BinKind kExcluded = BinKind::excluded;
constexpr BinKind kIllegal = BinKind::illegal;

const Names kStates = {"Boot",  "Idle",      "ResetBuffers", "LoadInput",     "FetchBatch",
                       "Drain", "Configure", "Compute",      "AwaitDecision", "Finish"};
const Names kStreams = {"weights", "input", "placed",  "batch_placed",
                        "control", "maps",  "decision"};

/// Ways to share so many blocks, a power of two: one run, or each half in a way of its own.
Names ways_to_share(unsigned blocks) {
  Names ways = {std::to_string(blocks)};
  if (blocks > 1) {
    const Names halves = ways_to_share(blocks / 2);
    for (const std::string& left : halves) {
      for (const std::string& right : halves) {
        ways.push_back(left + "+" + right);
      }
    }
  }
  return ways;
}

Names flag_patterns() {
  Names all;
  for (const unsigned blocks : {1U, 2U, 4U, 8U}) {
    const Names ways = ways_to_share(blocks);
    all.insert(all.end(), ways.begin(), ways.end());
  }
  return all;
}

std::vector<CoverRule> transition_rules() {
  return {{"Boot", "Idle", kGoal, ""},
          {"Idle", "ResetBuffers", kGoal, ""},
          {"ResetBuffers", "LoadInput", kGoal, ""},
          {"LoadInput", "FetchBatch", kGoal, ""},
          {"FetchBatch", "Drain", kGoal, ""},
          {"Drain", "Configure", kGoal, ""},
          {"Configure", "Compute", kGoal, ""},
          {"Compute", "AwaitDecision", kGoal, ""},
          {"AwaitDecision", "FetchBatch", kGoal, ""},
          {"AwaitDecision", "Finish", kGoal, ""},
          {"Finish", "Idle", kGoal, ""},
          {"*", "*", kIllegal, "the protocol has no such step"}};
}

std::vector<CoverRule> reads_rules() {
  return {{"*", "Idle", kIllegal, "P10: nothing is outstanding in Idle"},
          {"*", "Finish", kIllegal, "P7: nothing is read behind terminate"},
          {"*", "ResetBuffers", kExcluded, "nothing is fetched in this state"},
          {"*", "Drain", kExcluded, "all reads of the batch have begun before"}};
}

std::vector<CoverRule> batch_rules() {
  return {{"empty", "no words", kGoal, ""},
          {"empty", "*", kIllegal, "a batch without words has no beat with words"}};
}

std::vector<CoverRule> prefetch_rules() {
  return {{"in time", "continue", kGoal, ""},
          {"too late", "continue", kGoal, ""},
          {"none", "*", kGoal, ""},
          {"given up", "confident", kGoal, ""},
          {"needless", "confident", kGoal, ""},
          {"*", "last", kIllegal, "P2: no batch follows the last"},
          {"*", "continue", kIllegal, "P2: the next batch is needed"},
          {"*", "confident", kIllegal, "P7: no weight is read behind terminate"}};
}

std::vector<CoverRule> fill_rules() {
  return {{"maps", "empty", kGoal, ""},
          {"maps", "*", kExcluded, "the stream has one slot"},
          {"decision", "empty", kGoal, ""},
          {"decision", "*", kExcluded, "the stream has one slot"},
          {"batch_placed", "partly", kExcluded, "the stream has two slots"},
          {"batch_placed", "full", kExcluded, "a batch is begun when that before is acknowledged"},
          {"control", "partly", kExcluded, "the stream has two slots"}};
}

/// In which states something can wait on a stream.
std::vector<CoverRule> stall_rules() {
  std::vector<CoverRule> rules = {
      {"*", "Idle", kIllegal, "P10: nothing is outstanding in Idle"},
      {"weights", "LoadInput", kExcluded, "a beat is sent in a fetch of weights or biases only"},
      {"weights", "ResetBuffers", kExcluded, "likewise"},
      {"weights", "Configure", kExcluded, "likewise"},
      {"placed", "LoadInput", kExcluded, "likewise"},
      {"placed", "ResetBuffers", kExcluded, "likewise"},
      {"placed", "Configure", kExcluded, "the batch is acknowledged before"}};
  for (const char* state : {"Boot", "ResetBuffers", "FetchBatch", "Drain", "Configure", "Compute",
                            "AwaitDecision", "Finish"}) {
    rules.push_back({"input", state, kExcluded, "the input map is loaded in LoadInput"});
  }
  for (const char* stream : {"maps", "decision"}) {
    for (const char* state :
         {"Boot", "ResetBuffers", "LoadInput", "FetchBatch", "Drain", "Configure", "Finish"}) {
      rules.push_back(
          {stream, state, kExcluded, "layers and score work from Compute to the decision"});
    }
  }
  return rules;
}

std::vector<CoverGroup> make_groups() {
  return {
      {"state", "controller.on_state", "each state that is entered", kStates, {}, {}},
      {"transition", "controller.on_state", "each change of state", kStates, kStates,
       transition_rules()},
      {"input_end",
       "score.on_decided",
       "each terminate: its iteration, and why",
       {"1", "2", "3", "4", "5 or more"},
       {"confident", "last"},
       {}},
      {"batch",
       "controller.out_weights, on_fetch",
       "each batch of weights or biases: its beats, and how full the last is",
       {"empty", "one beat", "several beats"},
       {"no words", "full", "partial"},
       batch_rules()},
      {"prefetch",
       "controller.on_fetch, on_state, score.on_decided",
       "each decision: what became of the next batch's early fetch, and what was decided",
       {"none", "in time", "too late", "given up", "needless"},
       {"continue", "confident", "last"},
       prefetch_rules()},
      {"stream_fill",
       "streams",
       "each item: the stream as it was sent",
       kStreams,
       {"empty", "partly", "full"},
       fill_rules()},
      {"stream_wait",
       "streams",
       "each item: taken in the cycle of its arrival or later",
       kStreams,
       {"at once", "stalled"},
       {}},
      {"stall_state", "streams, controller.on_state",
       "each item that is taken later: the state in which it came", kStreams, kStates,
       stall_rules()},
      {"reads",
       "memory bus, controller.on_state",
       "each read: how many are in flight, and in which state",
       {"one", "several", "limit"},
       kStates,
       reads_rules()},
      {"refresh",
       "memory.on_command, controller.on_fetch",
       "each refresh but those in Idle: what was fetched",
       {"directory and biases", "input map", "batch", "tables", "nothing"},
       {},
       {}},
      {"flags",
       "layer.on_groups",
       "each group: its flags as runs of blocks",
       flag_patterns(),
       {},
       {}},
      {"rows",
       "layer.on_start",
       "each kernel of each run of a layer: its weights",
       {"no weight", "one weight", "several weights"},
       {},
       {}},
  };
}

bool fits(const std::string& pattern, const std::string& name) {
  return pattern == "*" || pattern == name;
}

}  // namespace

CoverBin CoverGroup::bin(std::size_t index) const {
  const std::string& one = first[second.empty() ? index : index / second.size()];
  const std::string other = second.empty() ? "" : second[index % second.size()];
  CoverBin bin{second.empty() ? one : one + " x " + other, BinKind::goal, ""};
  for (const CoverRule& rule : rules) {
    if (fits(rule.first, one) && fits(rule.second, other)) {
      bin.kind = rule.kind;
      bin.why = rule.why;
      break;
    }
  }
  return bin;
}

const std::vector<CoverGroup>& cover_groups() {
  static const std::vector<CoverGroup> groups = make_groups();
  return groups;
}

std::size_t flag_pattern(const std::string& runs) {
  const Names& all = cover_groups()[static_cast<std::size_t>(Cover::flags)].first;
  return static_cast<std::size_t>(std::find(all.begin(), all.end(), runs) - all.begin());
}

}  // namespace airnn
