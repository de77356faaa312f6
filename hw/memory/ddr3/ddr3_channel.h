// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/common/cycle.h"
#include "hw/memory/ddr3/address_map.h"
#include "hw/memory/ddr3/command_choice.h"
#include "hw/memory/ddr3/ddr3_channel_params.h"
#include "hw/memory/ddr3/ddr3_channel_state.h"
#include "hw/memory/ddr3/dram_events.h"
#include "hw/memory/ddr3/rank_offers.h"
#include "hw/memory/ddr3/request_offers.h"
#include "hw/memory/ddr3/ring.h"
#include "hw/memory/ddr3/state_list.h"

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
  Ddr3Channel(const Ddr3Channel&) = delete;
  Ddr3Channel& operator=(const Ddr3Channel&) = delete;

  const AddressMap& map() const { return map_; }
  /// Everything before this cycle has happened.
  Cycle now() const { return now_; }
  /// No request waits.
  bool idle() const { return front_.empty() && state_.reads.empty() && state_.writes.empty(); }

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
  struct Accepted {
    QueuedRequest request;
    bool is_write = false;
    Cycle visible = 0;
  };
  /// What has to be looked at before choice_ is that of the present state.
  enum class Due : std::uint8_t { nothing, admission, offers, everything };

  /// Does what is due in cycle now_ before a command is chosen, and sets choice_. Only when no
  /// request can be accepted any more that this cycle sees.
  void prepare();
  void look_at_everything();
  void admit();
  bool admit_beside_choice();
  bool go_on();
  void choose_direction();
  Cycle next_trigger() const;
  bool step(Cycle limit);
  void issue(const CommandChoice& choice);
  void issue_column(const CommandChoice& choice);
  void issue_activate(const CommandChoice& choice);
  template <typename Visitor>
  void visit(Visitor& visitor);
  void tell(DramCommand command, std::uint32_t bank, std::uint32_t row, std::uint32_t column);

  const Ddr3ChannelParams params_;
  DramListener& listener_;
  AddressMap map_;
  Ddr3ChannelState state_;
  RequestOffers requests_;
  RankOffers ranks_;
  std::uint32_t drain_high_;
  std::uint32_t drain_low_;
  Ring<Accepted> front_;
  std::uint32_t taken_[2] = {0, 0};  ///< places taken by reads and by writes
  std::uint64_t next_age_ = 0;
  Cycle now_ = 0;
  Cycle room_since_ = 0;    ///< first cycle in which the last place that was freed can be taken
  Cycle next_refresh_ = 0;  ///< next cycle in which a rank's debt changes by itself
  CommandChoice choice_;
  Due due_ = Due::everything;
};

}  // namespace airnn
