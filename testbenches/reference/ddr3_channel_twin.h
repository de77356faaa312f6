// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <optional>
#include <vector>

#include "hw/memory/ddr3/ddr3_channel.h"
#include "testbenches/reference/address_map_twin.h"
#include "testbenches/reference/ddr3_history.h"

namespace airnn::test {

/// The controller of docs/units/ddr3_controller.md as its page tells it: every cycle is stepped,
/// everything is searched anew.
class Ddr3ChannelTwin {
 public:
  Ddr3ChannelTwin(const Ddr3ChannelParams& params, DramListener& listener);

  /// Step 1 of the present cycle, at most once in each. False: not accepted.
  bool offer(const DramRequest& request);
  /// The other steps of the present cycle.
  void tick();

  Cycle now() const { return now_; }
  /// No request is between acceptance and its command.
  bool idle() const { return front_.empty() && reads_.empty() && writes_.empty(); }

 private:
  struct Entry {
    DramRequest request;
    DramPlace place;
    Cycle due = 0;  ///< seen by the scheduler from here
    bool activated = false;
    bool precharged = false;
  };
  using Queue = std::deque<Entry>;  ///< oldest first

  struct Bank {
    Cycle last_use = 0;  ///< ACT or column command
    std::uint32_t columns_since_activate = 0;
  };
  struct Rank {
    std::vector<Bank> banks;
    Cycle idle_since = 0;
    std::int64_t owed = 0;  ///< refreshes; negative: pulled in
    Cycle next_due = 0;
    Cycle last_refresh = 0;
    bool must_refresh = false;
  };
  /// What a bank, or with fcfs the direction, wants next.
  struct Candidate {
    DramCommand command;
    std::size_t index;  ///< of the request in its queue: smaller is older
  };

  void join_queues();
  void choose_direction();
  void count_refreshes();
  void issue_one();

  bool refresh_must();
  bool column_command(const std::vector<Candidate>& candidates);
  bool exit_for_request();
  bool row_command(const std::vector<Candidate>& candidates);
  bool refresh_may();
  bool close_unused();
  bool save_power();

  std::vector<Candidate> candidates() const;
  Candidate candidate_of_bank(std::uint32_t rank, std::uint32_t bank) const;
  bool closes_row(const Entry& entry) const;
  bool queued_for_rank(std::uint32_t rank) const;
  bool queued_for_bank(std::uint32_t rank, std::uint32_t bank) const;
  bool idle_for(std::uint32_t rank, Cycle cycles) const;
  bool issue_to_rank(DramCommand command, std::uint32_t rank);
  bool issue(DramCommand command, const DramPlace& place);
  void serve(std::size_t index);

  Queue& queue() { return writing_ ? writes_ : reads_; }
  const Queue& queue() const { return writing_ ? writes_ : reads_; }

  Ddr3ChannelParams params_;
  DramListener& listener_;
  AddressMapTwin map_;
  Ddr3History history_;
  Cycle now_ = 0;
  bool offered_ = false;
  std::deque<Entry> front_;
  Queue reads_;
  Queue writes_;
  bool writing_ = false;
  std::vector<Rank> ranks_;
};

}  // namespace airnn::test
