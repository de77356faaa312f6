// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "hw/common/cycle.h"
#include "hw/dram/address_map.h"
#include "hw/dram/ddr3_channel_params.h"
#include "hw/dram/ddr3_timing.h"
#include "hw/dram/dram_events.h"
#include "hw/dram/dram_queue.h"
#include "hw/dram/refresh_debt.h"
#include "hw/dram/ring.h"
#include "hw/dram/state_list.h"

namespace airnn {

/// A read or write of one 64-byte burst.
struct DramRequest {
  std::uint64_t id = 0;       ///< comes back with RequestServed
  std::uint64_t address = 0;  ///< of any byte of the burst; wraps at the capacity
  bool is_write = false;
  Cycle arrival = 0;  ///< for RequestServed; may lie before the cycle of acceptance
};

/// A DDR3 memory controller with its ranks, without data: decides which command goes out in which
/// cycle (docs/units/ddr3_controller.md). Time goes on only when it is told to; cycles in which
/// nothing can happen cost nothing.
class Ddr3Channel {
 public:
  /// Throws std::invalid_argument for a mapping that does not fit, queue depths outside 1..64, more
  /// than 64 banks in all, or drain marks that are not low < high <= 100.
  Ddr3Channel(const Ddr3ChannelParams& params, DramListener& listener);

  const AddressMap& map() const { return map_; }
  /// Everything before this cycle has happened.
  Cycle now() const { return now_; }
  /// No request waits.
  bool idle() const { return front_.empty() && reads_.empty() && writes_.empty(); }

  /// In cycle now(), a request of this direction finds room.
  bool can_accept(bool is_write) const {
    return taken_[is_write ? 1 : 0] < (is_write ? params_.write_queue : params_.read_queue);
  }
  bool can_accept(const DramRequest& request) const { return can_accept(request.is_write); }
  /// Accepts a request in cycle `at`, not before now() nor before the last acceptance. There must
  /// be room.
  void accept(const DramRequest& request, Cycle at);

  /// Issues all commands of cycles before `limit`.
  void run_until(Cycle limit);
  /// Runs to the first cycle, from `from` on, in which the request can be accepted, and returns it.
  Cycle run_until_room(const DramRequest& request, Cycle from);
  /// Runs until no request waits.
  void run_until_idle();
  /// No command is issued before this cycle if nothing more is accepted; kNever if none ever is. A
  /// read that is forwarded in now() is served by this call.
  Cycle next_event();

  /// Closes all rows, refreshes all ranks once and wakes them, outside any schedule. No request may
  /// wait. Returns the first cycle from which no rule hinders any command.
  Cycle settle();
  /// Begins again at `at`, not before what settle() returned: standby, no refresh owed, no rank
  /// idle for longer than since `at`.
  void restart(Cycle at);

  /// The state relative to `origin`, in which no request may wait: what the channel does from
  /// `origin` on, given the same requests, depends on nothing else.
  void save(StateList& state, Cycle origin);
  /// Sets such a state, the same relative to another origin.
  void restore(const StateList& state, Cycle origin);

 private:
  enum class Power : std::uint8_t { standby, power_down, self_refresh };
  struct Bank {
    bool open = false;
    std::uint32_t row = 0;
    std::uint32_t columns = 0;  ///< column commands since ACT
    Cycle last_use = 0;         ///< ACT or column command
    std::uint32_t rank = 0;
  };
  struct Rank {
    Power power = Power::standby;
    std::uint64_t open_banks = 0;  ///< bits as in DramQueue::banks
    std::uint64_t banks = 0;
    std::uint32_t first_bank = 0;
    Cycle idle_since = 0;
    RefreshDebt refresh;
  };
  struct Accepted {
    QueuedRequest request;
    bool is_write = false;
    Cycle visible = 0;
  };
  /// Order of preference among commands that are legal in the same cycle.
  enum Urgency : std::uint64_t {
    must_refresh,
    column,
    wake_up,
    row,
    idle_refresh,
    page_timeout,
    power_saving,
  };
  struct Choice {
    Cycle cycle = kNever;
    std::uint64_t preference = 0;  ///< urgency, then age or number; the least wins
    DramCommand command = DramCommand::activate;
    std::uint32_t bank = 0;
    DramQueue::Index request = DramQueue::kNone;
  };

  /// What has to be looked at before choice_ is that of the present state.
  enum class Due : std::uint8_t { nothing, admission, offers, everything };

  static std::uint64_t preference(Urgency urgency, std::uint64_t order) {
    return static_cast<std::uint64_t>(urgency) << 56 | order;
  }
  DramQueue& queue() { return writing_ ? writes_ : reads_; }
  std::uint64_t waiting_banks() const { return reads_.banks() | writes_.banks(); }

  /// Does what is due in cycle now_ before a command is chosen, and sets choice_. Only when no
  /// request can be accepted any more that this cycle sees.
  void prepare();
  void look_at_everything();
  void admit();
  bool admit_beside_choice();
  bool go_on();
  void choose_direction();
  void offer(Urgency urgency, std::uint64_t order, DramCommand command, std::uint32_t bank,
             Cycle not_before, DramQueue::Index request = DramQueue::kNone);
  void offer_for_requests();
  void offer_bank(std::uint32_t bank);
  void offer_refresh(const Rank& rank, Urgency urgency, Cycle not_before);
  void offer_idle(const Rank& rank);
  void offer_timeouts();
  bool closes_row(std::uint32_t bank, DramQueue::Index request);
  DramCommand column_command(std::uint32_t bank, DramQueue::Index request);
  Cycle next_trigger() const;
  bool step(Cycle limit);
  void issue(const Choice& choice);
  void issue_column(const Choice& choice);
  void open(std::uint32_t bank, const Choice& choice);
  void close(std::uint32_t bank);
  template <typename Visitor>
  void visit(Visitor& visitor);
  void tell(DramCommand command, std::uint32_t bank, std::uint32_t row, std::uint32_t column);

  const Ddr3ChannelParams params_;
  DramListener& listener_;
  AddressMap map_;
  Ddr3Timing timing_;
  std::uint32_t drain_high_;
  std::uint32_t drain_low_;
  std::vector<Bank> banks_;
  std::vector<Rank> ranks_;
  DramQueue reads_;
  DramQueue writes_;
  Ring<Accepted> front_;
  std::uint32_t taken_[2] = {0, 0};  ///< places taken by reads and by writes
  bool writing_ = false;
  std::uint64_t next_age_ = 0;
  std::uint64_t blocked_banks_ = 0;  ///< of ranks that must refresh or are powered down
  Cycle now_ = 0;
  Cycle room_since_ = 0;    ///< first cycle in which the last place that was freed can be taken
  Cycle next_refresh_ = 0;  ///< next cycle in which a rank's debt changes by itself
  Choice choice_;
  Due due_ = Due::everything;
};

}  // namespace airnn
