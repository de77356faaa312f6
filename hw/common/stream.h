// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <tlm>
#include <type_traits>
#include <utility>
#include <vector>

#include "hw/common/attached_extension.h"
#include "hw/common/check.h"
#include "hw/common/clock_domain.h"
#include "hw/common/payload_pool.h"

namespace airnn {

/// An item and the cycle in which it is at the receiver.
template <typename T>
struct Timed {
  Cycle cycle = 0;
  T item;
};

/// Items whose cycles are known ahead, ascending and counted from the cycle in which they are sent.
template <typename T>
using Train = std::vector<Timed<T>>;
/// A train that nobody can change: whoever holds on to it may remember what was found of it by its
/// address alone.
template <typename T>
using KeptTrain = std::shared_ptr<const Train<T>>;

/// Goes with the transaction of a train.
template <typename T>
class TrainKeeper final : public tlm::tlm_extension<TrainKeeper<T>> {
 public:
  KeptTrain<T> train;

  tlm::tlm_extension_base* clone() const override { return new TrainKeeper(*this); }
  void copy_from(const tlm::tlm_extension_base& other) override {
    *this = static_cast<const TrainKeeper&>(other);
  }
};

/// A train as its receiver sees it.
template <typename T>
struct ItemTrain {
  Cycle begin = 0;                  ///< from which the items' cycles count
  const Timed<T>* items = nullptr;  ///< good during the call
  std::size_t count = 0;
  KeptTrain<T> kept;  ///< whose items they are; null: somebody may change them

  /// Does the transaction carry a train, if only of one item?
  static bool carried_by(const tlm::tlm_generic_payload& payload) {
    return payload.get_extension<TrainKeeper<T>>() != nullptr;
  }

  /// With the cycle of its arrival.
  Timed<T> at(std::size_t i) const { return {begin + items[i].cycle, items[i].item}; }
  Cycle last_cycle() const { return begin + items[count - 1].cycle; }

  /// What this transaction carries now; `first` is the time of its first item's arrival, which
  /// belongs to the call and not to the items, as a link may make a train late. A keeper of other
  /// items than it carries counts for nothing.
  static ItemTrain of(const tlm::tlm_generic_payload& payload, const ClockDomain& clock,
                      const sc_core::sc_time& first) {
    ItemTrain train{0,
                    reinterpret_cast<const Timed<T>*>(payload.get_data_ptr()),
                    payload.get_data_length() / sizeof(Timed<T>),
                    {}};
    train.begin = clock.next_edge(first) - train.items[0].cycle;
    const auto* keeper = payload.get_extension<TrainKeeper<T>>();
    if (keeper != nullptr && keeper->train->data() == train.items &&
        keeper->train->size() == train.count) {
      train.kept = keeper->train;
    }
    return train;
  }
};

/// The sending end of a stream of any type.
class StreamSender {
 public:
  virtual ~StreamSender() = default;
  virtual const ClockDomain& clock() const = 0;
  virtual unsigned slots() const = 0;
  /// Before the simulation: what lies on the binding holds so many items more.
  virtual void add_slots(unsigned slots) = 0;
};

/// A credit stream over a TLM-2.0 binding (docs/architecture.md, "Streams"). The sender has `slots`
/// slots at the receiver; a slot is taken by push() and is back one cycle after the receiver took
/// the item. A transaction is one item: BEGIN_REQ carries it, annotated with the time until the
/// sender has it ready (at least one cycle, so that the order of processes inside a time step
/// cannot matter); BEGIN_RESP is the credit. What lies between the ends (hw/link) may add to either
/// annotation: the latency of a binding is the binding's.
///
/// A train is one transaction for many items whose cycles are known ahead. A receiver takes it only
/// if it can promise to take every item in its cycle, which makes it equal to single pushes; it
/// answers with the cycle of the last credit. A receiver that cannot refuses with a burst error,
/// and the sender sends single items.
template <typename T>
class StreamOut final : public tlm::tlm_initiator_socket<>,
                        public StreamSender,
                        private tlm::tlm_bw_transport_if<> {
  static_assert(std::is_trivially_copyable_v<T>, "an item is copied like wires are");

 public:
  StreamOut(const char* name, const ClockDomain& clock, unsigned slots)
      : tlm::tlm_initiator_socket<>(name),
        clock_(clock),
        slots_(slots),
        credit_((std::string(name) + "_credit").c_str()) {
    bind(static_cast<tlm::tlm_bw_transport_if<>&>(*this));
  }

  const ClockDomain& clock() const override { return clock_; }
  unsigned slots() const override { return slots_; }
  void add_slots(unsigned slots) override { slots_ += slots; }
  bool can_push() {
    collect_credits();
    if (taken_ < slots_) {
      return true;
    }
    expect_credit();
    return false;
  }
  /// Nothing sent is still in the receiver's slots.
  bool idle() { return taken() == 0; }
  /// Slots with items that were sent and not given back.
  unsigned taken() {
    collect_credits();
    if (taken_ > 0) {
      expect_credit();
    }
    return taken_;
  }
  /// Notified with the next slot that comes back after can_push() or idle() said no, or taken() was
  /// not 0.
  const sc_core::sc_event& credit_event() const { return credit_; }

  /// Sends an item that is ready `latency` >= 1 cycles from now: over a direct binding it is at the
  /// receiver then.
  void push(const T& item, Cycle latency) {
    MODEL_CHECK(latency >= 1, name(), "an item was pushed with latency 0");
    MODEL_CHECK(can_push(), name(), "an item was pushed without a free slot");
    ++taken_;
    Timed<T>& beat = acquire_beat();
    beat = {clock_.now() + latency, item};
    tlm::tlm_generic_payload& payload = prepare(&beat, 1);
    tlm::tlm_phase phase = tlm::BEGIN_REQ;
    sc_core::sc_time delay = clock_.until(beat.cycle);
    const tlm::tlm_sync_enum sync = (*this)->nb_transport_fw(payload, phase, delay);
    MODEL_CHECK(sync == tlm::TLM_UPDATED && phase == tlm::END_REQ, name(),
                "the receiver answered a push with another phase than END_REQ");
  }

  /// Does the receiver take trains now?
  bool takes_trains() {
    tlm::tlm_generic_payload& payload = prepare(nullptr, 0);
    payload.set_command(tlm::TLM_IGNORE_COMMAND);
    tlm::tlm_phase phase = tlm::BEGIN_REQ;
    sc_core::sc_time delay = sc_core::SC_ZERO_TIME;
    const tlm::tlm_sync_enum sync = (*this)->nb_transport_fw(payload, phase, delay);
    MODEL_CHECK(sync == tlm::TLM_COMPLETED, name(), "the receiver kept a question");
    const bool takes = payload.is_response_ok();
    payload.release();
    return takes;
  }

  /// Sends a train whose cycles count from `begin` (now or later); only after takes_trains() said
  /// yes. Returns the cycle in which the last slot is back.
  Cycle push_all(const KeptTrain<T>& train, Cycle begin) {
    MODEL_CHECK(!train->empty() && train->front().cycle > 0 && begin >= clock_.now() && idle(),
                name(), "a train was pushed into the past or onto taken slots");
    tlm::tlm_generic_payload& payload = prepare(train->data(), train->size());
    tlm::tlm_phase phase = tlm::BEGIN_REQ;
    sc_core::sc_time delay = clock_.until(begin + train->front().cycle);
    {
      TrainKeeper<T> keeper;
      keeper.train = train;
      const AttachedExtension attached(payload, keeper);
      const tlm::tlm_sync_enum sync = (*this)->nb_transport_fw(payload, phase, delay);
      MODEL_CHECK(sync == tlm::TLM_COMPLETED && payload.is_response_ok(), name(),
                  "the receiver refused a train after it had agreed");
    }
    payload.release();
    return clock_.next_edge(sc_core::sc_time_stamp() + delay);
  }
  Cycle push_all(const KeptTrain<T>& train) { return push_all(train, clock_.now()); }

 private:
  tlm::tlm_generic_payload& prepare(const Timed<T>* beats, std::size_t count) {
    tlm::tlm_generic_payload& payload = pool_.acquire();
    payload.set_command(tlm::TLM_WRITE_COMMAND);
    payload.set_address(0);
    // The generic payload has no pointer to const; receivers of a write only read.
    payload.set_data_ptr(reinterpret_cast<unsigned char*>(const_cast<Timed<T>*>(beats)));
    payload.set_data_length(static_cast<unsigned>(count * sizeof(Timed<T>)));
    payload.set_streaming_width(payload.get_data_length());
    return payload;
  }

  Timed<T>& acquire_beat() {
    if (free_beats_.empty()) {
      beats_.emplace_back();
      free_beats_.push_back(&beats_.back());
    }
    Timed<T>* beat = free_beats_.back();
    free_beats_.pop_back();
    return *beat;
  }

  void expect_credit() {
    expecting_ = true;
    if (!returning_.empty()) {
      credit_.notify(clock_.until(returning_.front()));
    }
  }

  void collect_credits() {
    const Cycle now = clock_.now();
    while (!returning_.empty() && returning_.front() <= now) {
      returning_.pop_front();
      --taken_;
    }
  }

  tlm::tlm_sync_enum nb_transport_bw(tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) override {
    MODEL_CHECK(phase == tlm::BEGIN_RESP, name(),
                "the receiver sent another phase than BEGIN_RESP");
    if (expecting_) {
      credit_.notify(delay);
      expecting_ = false;
    }
    returning_.push_back(clock_.next_edge(sc_core::sc_time_stamp() + delay));
    free_beats_.push_back(reinterpret_cast<Timed<T>*>(payload.get_data_ptr()));
    phase = tlm::END_RESP;
    payload.release();
    return tlm::TLM_COMPLETED;
  }
  void invalidate_direct_mem_ptr(sc_dt::uint64, sc_dt::uint64) override {}

  const ClockDomain& clock_;
  unsigned slots_;
  unsigned taken_ = 0;
  bool expecting_ = false;
  std::deque<Cycle> returning_;
  std::deque<Timed<T>> beats_;  // a deque keeps its elements in place
  std::vector<Timed<T>*> free_beats_;
  PayloadPool pool_;
  sc_core::sc_event credit_;
};

/// The receiving end of a credit stream.
template <typename T>
class StreamIn final : public tlm::tlm_target_socket<>, private tlm::tlm_fw_transport_if<> {
 public:
  /// Says whether trains are taken at this moment.
  using TrainLicence = std::function<bool()>;
  /// Takes a whole train; returns the cycle of the last item's credit.
  using TrainHandler = std::function<Cycle(const ItemTrain<T>& train)>;

  StreamIn(const char* name, const ClockDomain& clock)
      : tlm::tlm_target_socket<>(name),
        clock_(clock),
        arrival_((std::string(name) + "_arrival").c_str()) {
    bind(static_cast<tlm::tlm_fw_transport_if<>&>(*this));
  }

  /// Without these, every train is refused.
  void take_trains(TrainLicence licence, TrainHandler handler) {
    licence_ = std::move(licence);
    handler_ = std::move(handler);
  }

  bool can_pop() const { return !waiting_.empty() && front_beat().cycle <= clock_.now(); }
  bool empty() const { return waiting_.empty(); }
  /// The oldest item and the cycle it arrived in; it stays valid until it is popped.
  const Timed<T>& front_beat() const {
    return *reinterpret_cast<const Timed<T>*>(waiting_.front()->get_data_ptr());
  }
  const T& front() const { return front_beat().item; }

  /// Takes the oldest item; its slot is the sender's again one cycle after `cycle` (now or later).
  T pop_at(Cycle cycle) {
    MODEL_CHECK(can_pop(), name(), "an item was popped before it arrived");
    tlm::tlm_generic_payload& payload = *waiting_.front();
    const T item = front();
    waiting_.pop_front();
    payload.set_response_status(tlm::TLM_OK_RESPONSE);
    tlm::tlm_phase phase = tlm::BEGIN_RESP;
    sc_core::sc_time delay = clock_.until(cycle + 1);
    (*this)->nb_transport_bw(payload, phase, delay);
    if (!waiting_.empty()) {
      arrival_.notify(clock_.until(front_beat().cycle));
    }
    return item;
  }
  T pop() { return pop_at(clock_.now()); }

  /// Notified when the oldest item arrives.
  const sc_core::sc_event& arrival_event() const { return arrival_; }

 private:
  tlm::tlm_sync_enum nb_transport_fw(tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) override {
    MODEL_CHECK(phase == tlm::BEGIN_REQ, name(), "the sender sent another phase than BEGIN_REQ");
    const bool is_train = ItemTrain<T>::carried_by(payload);
    if (is_train || payload.get_command() == tlm::TLM_IGNORE_COMMAND) {
      return answer_train(payload, is_train, delay);
    }
    reinterpret_cast<Timed<T>*>(payload.get_data_ptr())->cycle =
        clock_.next_edge(sc_core::sc_time_stamp() + delay);
    if (waiting_.empty()) {
      arrival_.notify(delay);
    }
    waiting_.push_back(&payload);
    phase = tlm::END_REQ;
    return tlm::TLM_UPDATED;
  }

  /// Takes a train, or answers the question whether one would be taken.
  tlm::tlm_sync_enum answer_train(tlm::tlm_generic_payload& payload, bool is_train,
                                  sc_core::sc_time& delay) {
    const bool taken = licence_ && waiting_.empty() && licence_();
    payload.set_response_status(taken ? tlm::TLM_OK_RESPONSE : tlm::TLM_BURST_ERROR_RESPONSE);
    if (taken && is_train) {
      const sc_core::sc_time first = sc_core::sc_time_stamp() + delay;
      delay = clock_.until(handler_(ItemTrain<T>::of(payload, clock_, first)));
    }
    return tlm::TLM_COMPLETED;
  }

  void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time&) override {
    // A blocking call could not be refused in time: streams have credits, not waiting callers.
    payload.set_response_status(tlm::TLM_COMMAND_ERROR_RESPONSE);
  }
  bool get_direct_mem_ptr(tlm::tlm_generic_payload&, tlm::tlm_dmi&) override { return false; }
  unsigned transport_dbg(tlm::tlm_generic_payload&) override { return 0; }

  const ClockDomain& clock_;
  TrainLicence licence_;
  TrainHandler handler_;
  std::deque<tlm::tlm_generic_payload*> waiting_;
  sc_core::sc_event arrival_;
};

}  // namespace airnn
