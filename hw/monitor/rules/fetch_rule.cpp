// SPDX-License-Identifier: Apache-2.0
#include "hw/monitor/rules/fetch_rule.h"

#include "sw/format/unit_names.h"

namespace airnn {

namespace {

std::string hex(std::uint64_t address) {
  static const char* const digits = "0123456789abcdef";
  std::string text;
  do {
    text.insert(text.begin(), digits[address % 16]);
    address /= 16;
  } while (address > 0);
  return "0x" + text;
}

}  // namespace

FetchRule::FetchRule(const RuleReporter& reporter, const RunningGroup& group,
                     const MemoryImage& image, const BurstMap& map, const InputPlaces& inputs,
                     bool prefetch)
    : reporter_(reporter),
      group_(group),
      image_(image),
      map_(map),
      inputs_(inputs),
      prefetch_(prefetch),
      runs_(map.size()),
      input_runs_((inputs.map_bytes + kBurstBytes - 1) / kBurstBytes),
      fetches_(map.totals().size()) {
  for (FetchId id = 0; id < fetches_.size(); ++id) {
    fetches_[id].bursts = map.totals()[id];
  }
  fetches_[kInputFetch].bursts = input_runs_.size();
  open(kDirectoryFetch);
  open(kBiasFetch);
}

void FetchRule::open(FetchId id) {
  if (id >= fetches_.size()) {
    return;  // nothing follows the last batch
  }
  Fetch& fetch = fetches_[id];
  fetch.remaining = fetch.bursts;
  ++fetch.run;
  fetch.is_open = true;
}

void FetchRule::close(FetchId id, Cycle cycle) {
  Fetch& fetch = fetches_[id];
  fetch.is_open = false;
  if (fetch.remaining > 0) {
    reporter_.report(Rule::p2, kControllerName, cycle,
                     std::to_string(fetch.bursts - fetch.remaining) + " bursts of " +
                         name_of_fetch(id) + " were read",
                     std::to_string(fetch.bursts));
  }
}

void FetchRule::open_input_map(std::uint32_t input) {
  while (!jobs_.empty() && input >= jobs_.front().input + jobs_.front().count) {
    jobs_.pop_front();
  }
  input_address_ =
      jobs_.empty() ? 0 : jobs_.front().address + (input - jobs_.front().input) * inputs_.pitch;
  open(kInputFetch);
}

void FetchRule::entered(const StateEntered& next) {
  leave(next);
  const FetchId following = batch_fetch(next.iteration + 1);
  switch (next.state) {
    case ControllerState::load_input:
      open_input_map(next.input);
      break;
    case ControllerState::fetch_batch:
      if (!fetches_[batch_fetch(next.iteration)].is_open) {
        open(batch_fetch(next.iteration));
      }
      break;
    case ControllerState::configure:
      open(table_fetch(next.iteration));
      break;
    case ControllerState::reset_buffers:
      prefetched_ = 0;
      break;
    case ControllerState::compute:
      if (prefetch_ && prefetched_ <= next.iteration) {
        prefetched_ = next.iteration + 1;
        open(following);
      }
      break;
    case ControllerState::finish:
      if (group_.ends() && following < fetches_.size()) {
        fetches_[following].is_open = false;  // what was prefetched is of no use
      }
      break;
    default:
      break;
  }
}

void FetchRule::leave(const StateEntered& next) {
  const StateEntered& left = reporter_.position();
  switch (left.state) {
    case ControllerState::boot:
      if (next.state != ControllerState::boot) {
        close(kDirectoryFetch, next.cycle);
        close(kBiasFetch, next.cycle);
      }
      break;
    case ControllerState::load_input:
      close(kInputFetch, next.cycle);
      break;
    case ControllerState::fetch_batch:
      close(batch_fetch(left.iteration), next.cycle);
      break;
    case ControllerState::configure:
      close(table_fetch(left.iteration), next.cycle);
      break;
    default:
      break;
  }
}

FetchRule::Place FetchRule::place_of(std::uint64_t address) {
  const std::uint64_t burst = address / kBurstBytes;
  if (burst < runs_.size()) {
    return {map_[burst].fetch, &runs_[burst]};
  }
  const std::uint64_t at = (address - input_address_) / kBurstBytes;  // wraps below the map
  return at < input_runs_.size() ? Place{kInputFetch, &input_runs_[at]} : Place{};
}

void FetchRule::read(std::uint64_t address, Cycle cycle) {
  const Place place = place_of(address);
  Fetch& fetch = fetches_[place.fetch];
  if (fetch.is_open && *place.run != fetch.run && fetch.whole_run != fetch.run &&
      address % kBurstBytes == 0) {
    *place.run = fetch.run;
    --fetch.remaining;
    return;
  }
  refuse(address, cycle, place.fetch);
}

void FetchRule::refuse(std::uint64_t address, Cycle cycle, FetchId fetch) {
  const std::string seen = "a read of " + hex(address) + " (" + name_of(address) + ")";
  const bool is_outside = fetch == kNoFetch && !is_in_inputs(address);
  if (is_outside || address % kBurstBytes != 0) {
    reporter_.report(Rule::p8, kControllerName, cycle, seen,
                     "whole bursts of the image's sections and the input maps");
  } else if (group_.ends() &&
             (reporter_.in(ControllerState::finish) || reporter_.in(ControllerState::idle))) {
    reporter_.report(Rule::p7, kControllerName, cycle, seen,
                     "no read when the input has its result");
  } else if (fetches_[fetch].is_open) {
    reporter_.report(Rule::p2, kControllerName, cycle, seen + " again", "each burst once");
  } else {
    reporter_.report(Rule::p2, kControllerName, cycle, seen, "what this state fetches");
  }
}

std::string FetchRule::name_of(std::uint64_t address) const {
  if (address < image_.sections().front().offset) {
    return "header or section table";
  }
  for (const Section& section : image_.sections()) {
    if (address >= section.offset && address - section.offset < section.bytes) {
      return section.name();
    }
  }
  return is_in_inputs(address) ? "input maps" : "in no section";
}

void FetchRule::request(const BusRequest& request) {
  if (request.is_write) {
    reporter_.report(Rule::p8, kControllerName, request.cycle, "a write to " + hex(request.address),
                     "no write");
    return;
  }
  read(request.address, request.cycle);
}

void FetchRule::train(FetchId id, const BusTrain& train, const TrainMemory::Seen& seen) {
  Fetch& fetch = fetches_[id];
  const bool is_untouched = fetch.is_open && fetch.remaining == fetch.bursts;
  if (seen.repeats && fetch.by_train[seen.way] && is_untouched) {
    fetch.whole_run = fetch.run;
    fetch.remaining = 0;
    return;
  }
  for (const TimedRead& timed : *train.reads) {
    read(timed.address, train.begin + timed.cycle);
  }
  fetch.by_train[seen.way] =
      is_untouched && fetch.remaining == 0 && train.reads->size() == fetch.bursts;
}

}  // namespace airnn
