// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "testbenches/reference/ddr3_history.h"

namespace airnn::test {

struct Ddr3Violation {
  std::string rule;
  Cycle cycle = 0;
  DramCommand command = DramCommand::activate;
  DramPlace place;
  std::string what;  ///< seen and due

  std::string text() const;
};

struct Ddr3CheckerOptions {
  bool refresh = true;  ///< false: nobody refreshes, and that is no violation
};

/// Replays the commands of a channel and reports every rule of JESD79-3 that they break. A command
/// that its state forbids is not asked for distances. After a violation the command counts as done.
class Ddr3Checker {
 public:
  Ddr3Checker(const Ddr3TimingParams& timing, const Ddr3Geometry& geometry,
              Ddr3CheckerOptions options = {});

  /// In the order of the bus.
  void check(const CommandIssued& event);
  /// Nothing follows before `end`: refreshes may be missing.
  void finish(Cycle end);

  const std::vector<Ddr3Violation>& violations() const { return violations_; }
  /// "rule earlier>command": how many commands came in the first cycle that all rules allowed, and
  /// this rule did not allow the one before. With 0: it was only asked.
  const std::map<std::string, std::uint64_t>& coverage() const { return coverage_; }

 private:
  struct Refreshes {
    Cycle last = 0;      ///< REF or SRX, or the start
    Cycle next_due = 0;  ///< one more is owed from here
    std::int64_t owed = 0;
    bool since_self_refresh = true;  ///< at least one REF
  };

  void report(const std::string& rule, const CommandIssued& event, const std::string& what);
  bool place_exists(const CommandIssued& event);
  void check_distances(const CommandIssued& event);
  void check_refreshes(const CommandIssued& event);
  void check_overdue(Refreshes& refreshes, const CommandIssued& event);

  Ddr3TimingParams timing_;
  Ddr3Geometry geometry_;
  Ddr3CheckerOptions options_;
  Ddr3History history_;
  std::vector<Refreshes> refreshes_;
  Cycle next_cycle_ = 0;
  std::vector<Ddr3Violation> violations_;
  std::map<std::string, std::uint64_t> coverage_;
};

}  // namespace airnn::test
