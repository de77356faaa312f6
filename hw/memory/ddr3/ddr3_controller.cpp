// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/ddr3/ddr3_controller.h"

#include <algorithm>
#include <numeric>

#include "hw/common/check.h"
#include "hw/common/settle.h"
#include "sw/format/unit_names.h"

namespace airnn {

namespace {

constexpr unsigned kBurstBytes = 64;
/// Of all known trains together; about 130 bytes each.
constexpr std::size_t kMostKnownReads = std::size_t{1} << 20;

}  // namespace

Ddr3Controller::Ddr3Controller(const sc_core::sc_module_name& module_name,
                               const Ddr3ControllerParams& params, const ClockDomain& fabric)
    : MemoryUnit(module_name),
      params_(params),
      fabric_(fabric),
      ddr_(
          sc_core::sc_time(static_cast<double>(params.channel.part.timing.tck_ps), sc_core::SC_PS)),
      channel_(params.channel, *this),
      storage_(params.capacity_bytes),
      trains_(kMostKnownReads),
      places_{QueuePlaces(params.channel.read_queue), QueuePlaces(params.channel.write_queue)} {
  MODEL_CHECK(params.crossing_cycles >= 1, name(), "the crossing takes at least one cycle");
  MODEL_CHECK(params.capacity_bytes <= params.channel.part.geometry.capacity_bytes(), name(),
              "the content does not fit into the memory");
  SC_HAS_PROCESS(Ddr3Controller);
  SC_METHOD(run);
  sensitive << ev_wake_;
}

Cycle Ddr3Controller::horizon() const {
  return ddr_edge(sc_core::sc_time_stamp() + fabric_.duration(params_.crossing_cycles));
}

tlm::tlm_sync_enum Ddr3Controller::nb_transport_fw(tlm::tlm_generic_payload& payload,
                                                   tlm::tlm_phase& phase, sc_core::sc_time& delay) {
  if (phase == tlm::END_RESP) {
    // An initiator that takes its time for this need not do so the next time.
    trains_.abandon();
    responding_ = false;
    next_response_ = std::max(next_response_, fabric_.next_edge(sc_core::sc_time_stamp() + delay));
    ev_wake_.notify(sc_core::SC_ZERO_TIME);
    return tlm::TLM_COMPLETED;
  }
  MODEL_CHECK(phase == tlm::BEGIN_REQ, name(), "a request has another phase than BEGIN_REQ");
  if (payload.get_command() == tlm::TLM_IGNORE_COMMAND) {
    payload.set_response_status(tlm::TLM_OK_RESPONSE);
    return tlm::TLM_COMPLETED;
  }
  const Cycle t = fabric_.next_edge(sc_core::sc_time_stamp() + delay);
  if (payload.get_address() % kBurstBytes != 0 || payload.get_data_length() != kBurstBytes ||
      payload.get_streaming_width() < kBurstBytes) {
    payload.set_response_status(tlm::TLM_BURST_ERROR_RESPONSE);
    return tlm::TLM_COMPLETED;
  }
  channel_.run_until(reach(t));
  // Data follows the order of acceptance; the channel keeps that order wherever it shows.
  storage_.execute(payload);
  if (!payload.is_response_ok()) {
    return tlm::TLM_COMPLETED;
  }
  payload.acquire();
  working_.request(t);
  if (trains_.watching()) {
    if (payload.is_read() && trains_.begin() == fabric_.now()) {
      trains_.requested(&payload, t, payload.get_address());
    } else {
      trains_.stop();
    }
  }
  if (!places_[queue_of(payload)].take(t)) {
    held_ = &payload;
    held_since_ = t;
    schedule();
    return tlm::TLM_ACCEPTED;
  }
  enter(payload, t);
  schedule();
  phase = tlm::END_REQ;
  delay = fabric_.until(t + 1);
  return tlm::TLM_UPDATED;
}

/// The request leaves the fabric in its cycle t.
void Ddr3Controller::enter(tlm::tlm_generic_payload& payload, Cycle t) {
  if (free_ids_.empty()) {
    free_ids_.push_back(requests_.size());
    requests_.push_back(nullptr);
  }
  DramRequest request;
  request.id = free_ids_.back();
  free_ids_.pop_back();
  requests_[request.id] = &payload;
  request.address = payload.get_address();
  request.is_write = payload.is_write();
  request.arrival = std::max(reach(t), last_arrival_ + 1);
  last_arrival_ = request.arrival;
  channel_.accept(request, request.arrival);
}

void Ddr3Controller::issued(const CommandIssued& event) {
  on_command.emit(event);
  for (DramListener* listener : listeners_) {
    listener->issued(event);
  }
  if (trains_.watching()) {
    trains_.issued(event);
  }
}

void Ddr3Controller::served(const RequestServed& event) {
  // The place is free in the cycle after the command; a forwarded read never had one for longer.
  const Cycle freed = event.outcome == RowOutcome::forwarded ? event.complete : channel_.now() + 1;
  places_[event.is_write ? 1 : 0].comes_back(fabric_edge(freed) + params_.crossing_cycles);
  responses_.push_back(
      {requests_[event.id], fabric_edge(event.complete) + params_.crossing_cycles});
  free_ids_.push_back(event.id);
  on_served.emit(event);
  for (DramListener* listener : listeners_) {
    listener->served(event);
  }
  if (trains_.watching()) {
    trains_.served(event);
  }
}

void Ddr3Controller::run() {
  appointment_ = sc_core::sc_max_time();
  channel_.run_until(horizon());
  // One cycle ahead, as the fabric must know of an answer before the cycle that uses it.
  release_held(fabric_.now() + 1);
  respond(fabric_.now() + 1);
  schedule();
}

/// Goes on to the answer that comes first, or to where the next request can reach, in steps so
/// short that what an answer may bring about cannot reach what has been passed: an answer to a
/// command, and a request because of it, need a crossing each.
void Ddr3Controller::look_ahead(LookAhead& ahead) {
  const Cycle stride =
      std::max<Cycle>(1, ddr_.cycle_of(fabric_.duration(2 * params_.crossing_cycles)));
  while (true) {
    const Cycle latest = std::min(ahead.until, next_answer());
    const Cycle end = latest == kNever ? kNever : reach(latest);
    if (channel_.now() >= end) {
      break;
    }
    // Where nothing happens the stride is as long as one likes.
    const Cycle event = std::min(channel_.next_event(), end);
    if (event == kNever) {
      break;
    }
    channel_.run_until(std::min(end, std::max(event, channel_.now()) + stride));
  }
  const Cycle latest = std::min(ahead.until, next_answer());
  release_held(latest);
  respond(latest);
  ahead.is_known = true;
  // The next command may forward a read or free the place that a request is held for; else an
  // answer needs a RD.
  const bool answers_at_once = held_ != nullptr || !places_[1].all_free();
  const Ddr3TimingParams& timing = params_.channel.part.timing;
  const Cycle least = answers_at_once ? 1 : timing.cl + Ddr3TimingParams::kBurst;
  const Cycle unknown = fabric_edge(channel_.now() + least) + params_.crossing_cycles;
  ahead.quiet_before = std::min(unknown, next_answer());
  if (trains_.watching() && is_quiet()) {
    trains_.quiet(state(trains_.begin(), trains_.begin_ddr()));
  }
  schedule();
}

/// The first fabric cycle for which there is an answer to be sent, as far as is known.
Cycle Ddr3Controller::next_answer() const {
  Cycle next = kNever;
  if (!responding_ && !responses_.empty()) {
    next = next_response();
  }
  if (held_ != nullptr) {
    next = std::min(next, places_[queue_of(*held_)].next());
  }
  return next;
}

void Ddr3Controller::release_held(Cycle latest) {
  const Cycle back = held_ == nullptr ? kNever : places_[queue_of(*held_)].next();
  if (back == kNever || back > latest) {
    return;
  }
  const Cycle t = std::max(back, fabric_.now() + 1);
  places_[queue_of(*held_)].take(t);
  tlm::tlm_generic_payload& payload = *held_;
  held_ = nullptr;
  enter(payload, t);
  tlm::tlm_phase phase = tlm::END_REQ;
  sc_core::sc_time delay = fabric_.until(std::max(t, held_since_ + 1));
  bus->nb_transport_bw(payload, phase, delay);
}

void Ddr3Controller::respond(Cycle latest) {
  while (!responding_ && !responses_.empty() && next_response() <= latest) {
    tlm::tlm_generic_payload& payload = *responses_.front().payload;
    // Later than foreseen if the initiator was slow to end the response before.
    const Cycle cycle = std::max(next_response(), fabric_.now() + 1);
    responses_.pop_front();
    if (const std::optional<CyclesSpent> spent = working_.response(cycle)) {
      spend(*spent);
    }
    if (trains_.watching()) {
      trains_.responded(&payload, cycle);
    }
    tlm::tlm_phase phase = tlm::BEGIN_RESP;
    sc_core::sc_time delay = fabric_.until(cycle);
    responding_ = true;
    if (bus->nb_transport_bw(payload, phase, delay) != tlm::TLM_ACCEPTED) {
      responding_ = false;
    }
    // The port carries one burst per fabric cycle.
    next_response_ =
        std::max({next_response_, cycle + 1, fabric_.next_edge(sc_core::sc_time_stamp() + delay)});
    payload.release();
  }
}

void Ddr3Controller::spend(const CyclesSpent& event) {
  on_cycles.emit(event);
  if (trains_.watching()) {
    trains_.spent(event);
  }
}

/// Sleeps until the channel, a response or a place for the held request needs attention.
void Ddr3Controller::schedule() {
  // A channel without requests is not worth a wake-up: what it does for itself, as refreshing, is
  // made up for in its turn. Asked first, as a read that is forwarded may be served by it.
  const Cycle event = channel_.idle() ? kNever : channel_.next_event();
  sc_core::sc_time wake = sc_core::sc_max_time();
  const Cycle answer = next_answer();
  if (answer != kNever) {
    wake = fabric_.duration(answer - 1);
  }
  if (event != kNever) {
    // The command is decided when nothing can come before it any more.
    const sc_core::sc_time crossing = fabric_.duration(params_.crossing_cycles);
    const sc_core::sc_time after = ddr_.duration(event + 1);
    wake = std::min(wake, after > crossing ? after - crossing : sc_core::SC_ZERO_TIME);
  }
  if (wake == sc_core::sc_max_time()) {
    return;
  }
  // An earlier appointment stays: waking without need costs less than cancelling.
  const sc_core::sc_time now = sc_core::sc_time_stamp();
  wake = std::max(wake, now);
  if (wake < appointment_) {
    appointment_ = wake;
    ev_wake_.notify(wake - now);
  }
}

void Ddr3Controller::catch_up(Cycle cycle) {
  channel_.run_until(ddr_edge(fabric_.duration(cycle)));
}

Cycle Ddr3Controller::settle() {
  MODEL_CHECK(working_.idle() && held_ == nullptr, name(),
              "a memory settles only while no request is under way");
  trains_.stop();
  channel_.run_until(horizon());
  on_settle.emit({});
  const Cycle settled = fabric_edge(channel_.settle());
  // From a cycle in which the edges of both clocks meet, every input sees the same edges.
  const std::uint64_t fabric_ps = fabric_.period().value();
  const std::uint64_t meeting = std::lcm(fabric_ps, ddr_.period().value()) / fabric_ps;
  const Cycle ready = (settled + meeting - 1) / meeting * meeting;
  const Cycle restart = ddr_edge(fabric_.duration(ready));
  channel_.restart(restart);
  on_settle.emit({true, restart});
  schedule();
  return ready;
}

bool Ddr3Controller::is_quiet() const {
  return channel_.idle() && responses_.empty() && !responding_ && held_ == nullptr &&
         working_.idle();
}

/// Of the shell while it is quiet. last_arrival_ lies before what the channel has passed, so no
/// later request can come near it.
template <typename Visitor>
void Ddr3Controller::visit(Visitor& visitor) {
  for (QueuePlaces& places : places_) {
    places.visit(visitor);
  }
  visitor.bound(next_response_);
  working_.visit(visitor);
}

MemoryState Ddr3Controller::state(Cycle fabric, Cycle ddr) {
  MemoryState state;
  for (QueuePlaces& places : places_) {
    places.pass(fabric);
  }
  StateWriter shell(state.shell, fabric);
  visit(shell);
  // Where the edges of the clocks lie to each other.
  shell.number(fabric_.duration(fabric).value() % ddr_.period().value());
  channel_.save(state.channel, ddr);
  return state;
}

/// A train that is known is done at once; one that is not is watched from now on.
bool Ddr3Controller::serve_train(const KeptReads& reads) {
  trains_.stop();
  const Cycle first = horizon();
  channel_.run_until(first);
  if (!is_quiet() || channel_.now() != first) {
    return false;
  }
  MemoryState before = state(fabric_.now(), first);
  const KnownTrain* known = reads == nullptr ? nullptr : trains_.find(before, reads);
  if (known == nullptr) {
    trains_.watch(std::move(before), fabric_.now(), first);
    return false;
  }
  if (!held_trains_.holds(reads)) {
    return false;
  }
  replay(*known);
  return true;
}

void Ddr3Controller::replay(const KnownTrain& train) {
  const Cycle fabric = fabric_.now();
  const Cycle ddr = horizon();
  for (CyclesSpent spent : train.spent) {
    spent.until += fabric;
    on_cycles.emit(spent);
  }
  const DramReplay replay{ddr, train.told};
  if (on_command.heard() || on_served.heard()) {
    replay.for_each([this](const CommandIssued& event) { on_command.emit(event); },
                    [this](const RequestServed& event) { on_served.emit(event); });
  }
  for (DramListener* listener : listeners_) {
    listener->replayed(replay);
  }
  StateReader shell(train.after.shell, fabric);
  visit(shell);
  channel_.restore(train.after.channel, ddr);
}

void Ddr3Controller::b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time&) {
  if (payload.get_command() == tlm::TLM_IGNORE_COMMAND) {
    if (auto* settling = payload.get_extension<Settle>()) {
      settling->ready = settle();
    } else if (auto* ahead = payload.get_extension<LookAhead>()) {
      look_ahead(*ahead);
    } else if (auto* train = payload.get_extension<ReadTrain>()) {
      train->taken = serve_train(train->reads);
    }
    payload.set_response_status(tlm::TLM_OK_RESPONSE);
    return;
  }
  payload.set_response_status(tlm::TLM_COMMAND_ERROR_RESPONSE);
  SC_REPORT_ERROR("/airnn/b_transport",
                  (std::string(name()) +
                   ": a blocking call cannot wait for a queued, reordered burst at the right "
                   "cycle; use nb_transport_fw (four phases), or transport_dbg to load and read")
                      .c_str());
}

unsigned Ddr3Controller::transport_dbg(tlm::tlm_generic_payload& payload) {
  return storage_.debug(payload);
}

MemoryModel ddr3_memory(const Ddr3ControllerParams& params) {
  const auto make = [params](const char* name, std::uint64_t capacity_bytes,
                             const ClockDomain& fabric) {
    Ddr3ControllerParams own = params;
    own.capacity_bytes = capacity_bytes;
    return std::make_unique<Ddr3Controller>(name, own, fabric);
  };
  return {"ddr3", make, params.channel, kDdr3MemoryName};
}

}  // namespace airnn
