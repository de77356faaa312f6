// SPDX-License-Identifier: Apache-2.0
#include "testbenches/contract/memory/memory_bench.h"

#include <algorithm>

#include "hw/common/attached_extension.h"
#include "hw/common/look_ahead.h"
#include "hw/common/settle.h"

namespace airnn::test {

namespace {

/// More than any memory takes for what is asked here.
constexpr Cycle kPatience = 100000;

}  // namespace

struct MemoryBench::Read {
  ReadLog log;
  tlm::tlm_generic_payload* payload = nullptr;
};

MemoryBench::MemoryBench(const sc_core::sc_module_name& module_name, const MemoryModel& model,
                         const ClockDomain& clock)
    : sc_module(module_name), clock_(clock), memory_(model.make("memory", kCapacity, clock)) {
  bus_.bind(static_cast<tlm::tlm_bw_transport_if<>&>(*this));
  bus_.bind(checker_.from_initiator);
  checker_.to_target.bind(memory_->bus);
  backdoor_.bind(memory_->backdoor);
  memory_->on_cycles.listen(
      [this](const CyclesSpent& e) { working_.emplace_back(e.until - e.working, e.until); });
}

MemoryBench::~MemoryBench() = default;

std::uint8_t MemoryBench::byte_at(std::uint64_t address) {
  return static_cast<std::uint8_t>((address * 2654435761U) >> 16 ^ address);
}

bool MemoryBench::is_right(const ReadLog& read) {
  for (std::uint64_t i = 0; i < 64; ++i) {
    if (read.data[i] != byte_at(read.address + i)) {
      return false;
    }
  }
  return read.is_ok();
}

void MemoryBench::store() {
  std::vector<std::uint8_t> bytes(kCapacity);
  for (std::uint64_t address = 0; address < kCapacity; ++address) {
    bytes[address] = byte_at(address);
  }
  tlm::tlm_generic_payload payload;
  payload.set_command(tlm::TLM_WRITE_COMMAND);
  payload.set_address(0);
  payload.set_data_ptr(bytes.data());
  payload.set_data_length(static_cast<unsigned>(kCapacity));
  payload.set_streaming_width(static_cast<unsigned>(kCapacity));
  if (backdoor_->transport_dbg(payload) != kCapacity) {
    problems_.push_back("the backdoor does not take all bytes");
  }
}

unsigned MemoryBench::look(bool through_backdoor, std::uint64_t address, std::uint8_t* bytes) {
  tlm::tlm_generic_payload payload;
  payload.set_command(tlm::TLM_READ_COMMAND);
  payload.set_address(address);
  payload.set_data_ptr(bytes);
  payload.set_data_length(64);
  payload.set_streaming_width(64);
  return through_backdoor ? backdoor_->transport_dbg(payload) : bus_->transport_dbg(payload);
}

template <typename Extension>
void MemoryBench::ask(Extension& extension) {
  tlm::tlm_generic_payload& payload = pool_.acquire();
  payload.set_command(tlm::TLM_IGNORE_COMMAND);
  payload.set_address(0);
  payload.set_data_ptr(nullptr);
  payload.set_data_length(0);
  payload.set_streaming_width(0);
  {
    const AttachedExtension attached(payload, extension);
    sc_core::sc_time delay = sc_core::SC_ZERO_TIME;
    bus_->b_transport(payload, delay);
  }
  payload.release();
}

bool MemoryBench::offer(KeptReads reads) {
  ReadTrain train;
  train.reads = std::move(reads);
  ask(train);
  trains_taken_ += train.taken ? 1 : 0;
  return train.taken;
}

void MemoryBench::settle() {
  Settle settle;
  ask(settle);
  const Cycle ready = std::max(settle.ready, clock_.now() + 1);
  wait(clock_.until(ready));
}

sc_core::sc_time MemoryBench::ask_nothing() {
  tlm::tlm_generic_payload& payload = pool_.acquire();
  payload.set_command(tlm::TLM_IGNORE_COMMAND);
  payload.set_address(0);
  payload.set_data_ptr(nullptr);
  payload.set_data_length(0);
  payload.set_streaming_width(0);
  const sc_core::sc_time before = sc_core::sc_time_stamp();
  sc_core::sc_time delay = sc_core::SC_ZERO_TIME;
  bus_->b_transport(payload, delay);
  if (!payload.is_response_ok()) {
    problems_.push_back("a call with TLM_IGNORE_COMMAND is answered with an error");
  }
  payload.release();
  return sc_core::sc_time_stamp() - before + delay;
}

bool MemoryBench::look_ahead(Cycle until) {
  LookAhead ahead;
  ahead.until = until;
  ask(ahead);
  quiet_before_ = ahead.is_known ? ahead.quiet_before : 0;
  return ahead.is_known;
}

unsigned MemoryBench::in_flight(Cycle t) const {
  return static_cast<unsigned>(std::count_if(reads_.begin(), reads_.end(), [t](const auto& read) {
    return read->payload != nullptr && read->log.arrived > t;
  }));
}

/// The first cycle behind t in which something that is known changes what may be requested.
Cycle MemoryBench::next_change(Cycle t, Cycle due) const {
  Cycle next = due > t ? due : kNever;
  if (requesting_ == nullptr && channel_free_ > t) {
    next = std::min(next, channel_free_);
  }
  for (const auto& read : reads_) {
    if (read->log.arrived != kNever && read->log.arrived > t) {
      next = std::min(next, read->log.arrived);
    }
  }
  return next;
}

std::vector<ReadLog> MemoryBench::read(const std::vector<WantedRead>& wanted, bool ahead) {
  reads_.clear();
  const Cycle begin = clock_.now();
  channel_free_ = begin;
  quiet_before_ = 0;
  Cycle t = begin;
  std::size_t sent = 0;
  for (const WantedRead& read : wanted) {
    reads_.push_back(std::make_unique<Read>());
    reads_.back()->log.address = read.address;
  }
  while (t < begin + kPatience) {
    const Cycle due = sent < wanted.size() ? begin + wanted[sent].offset : kNever;
    if (due <= t && requesting_ == nullptr && channel_free_ <= t && in_flight(t) < kOutstanding) {
      Read& read = *reads_[sent];
      read.payload = &pool_.acquire();
      read.payload->set_data_length(wanted[sent].bytes);
      ++sent;
      send(read, t);
      continue;
    }
    const bool is_awaited = std::any_of(reads_.begin(), reads_.end(), [](const auto& one) {
      return one->payload != nullptr && one->log.arrived == kNever;
    });
    if (sent == wanted.size() && !is_awaited && in_flight(t) == 0) {
      break;
    }
    const bool knows = ahead && (!is_awaited || look_ahead(next_change(t, due)));
    const Cycle next = next_change(t, due);
    if (knows && next != kNever) {
      t = next;
      continue;
    }
    wait(clock_.until(std::max(t, clock_.now()) + 1));
    t = clock_.now();
  }
  wait(clock_.until(std::max(t, clock_.now() + 1)));
  std::vector<ReadLog> logs;
  for (const auto& read : reads_) {
    if (read->log.arrived == kNever) {
      problems_.push_back("a read of address " + std::to_string(read->log.address) +
                          " is never answered");
    }
    ReadLog log = read->log;
    log.requested -= begin;
    log.arrived -= log.arrived == kNever ? 0 : begin;
    logs.push_back(log);
  }
  return logs;
}

void MemoryBench::send(Read& read, Cycle t) {
  tlm::tlm_generic_payload& payload = *read.payload;
  payload.set_command(tlm::TLM_READ_COMMAND);
  payload.set_address(read.log.address);
  payload.set_data_ptr(read.log.data.data());
  payload.set_streaming_width(payload.get_data_length());
  read.log.requested = t;
  requesting_ = &payload;
  tlm::tlm_phase phase = tlm::BEGIN_REQ;
  sc_core::sc_time delay = clock_.until(t);
  const tlm::tlm_sync_enum sync = bus_->nb_transport_fw(payload, phase, delay);
  if (sync == tlm::TLM_COMPLETED) {
    requesting_ = nullptr;
    channel_free_ = t + 1;
    arrive(payload, clock_.next_edge(sc_core::sc_time_stamp() + delay), true);
  } else if (sync == tlm::TLM_UPDATED) {
    payload.acquire();
    if (nb_transport_bw(payload, phase, delay) == tlm::TLM_COMPLETED) {
      bus_->nb_transport_fw(payload, phase, delay);
    }
    payload.release();
  }
}

tlm::tlm_sync_enum MemoryBench::nb_transport_bw(tlm::tlm_generic_payload& payload,
                                                tlm::tlm_phase& phase, sc_core::sc_time& delay) {
  const Cycle cycle = clock_.next_edge(sc_core::sc_time_stamp() + delay);
  if (requesting_ == &payload) {
    requesting_ = nullptr;
    channel_free_ = cycle;
  }
  if (phase == tlm::END_REQ) {
    return tlm::TLM_ACCEPTED;
  }
  if (cycle < quiet_before_) {
    problems_.push_back("an answer of a cycle that was said to be quiet");
  }
  arrive(payload, cycle, false);
  phase = tlm::END_RESP;
  return tlm::TLM_COMPLETED;
}

void MemoryBench::arrive(tlm::tlm_generic_payload& payload, Cycle cycle, bool in_call) {
  const auto read = std::find_if(reads_.begin(), reads_.end(), [&payload](const auto& one) {
    return one->payload == &payload && one->log.arrived == kNever;
  });
  if (read == reads_.end()) {
    problems_.push_back("an answer to a read that does not wait for one");
    return;
  }
  ReadLog& log = (*read)->log;
  if (payload.is_response_ok() && cycle <= (in_call ? log.requested : clock_.now())) {
    problems_.push_back("an answer arrives without a cycle for the crossing");
  }
  log.arrived = cycle;
  log.in_call = in_call;
  log.status = payload.get_response_status();
  payload.release();
}

std::vector<std::string> MemoryBench::problems() const {
  std::vector<std::string> all = problems_;
  all.insert(all.end(), checker_.violations().begin(), checker_.violations().end());
  return all;
}

}  // namespace airnn::test
