// SPDX-License-Identifier: Apache-2.0
#include "hw/observe/dram/read_history.h"

#include <algorithm>

namespace airnn {

namespace {

struct Change {
  Cycle cycle = 0;
  bool is_request = false;
};

/// In the order of time; of one cycle the arrivals first, as a read is in flight until the cycle of
/// its arrival.
std::vector<Change> changes(const std::vector<Cycle>& requests,
                            const std::vector<Cycle>& arrivals) {
  std::vector<Change> all;
  all.reserve(requests.size() + arrivals.size());
  for (const Cycle cycle : requests) {
    all.push_back({cycle, true});
  }
  for (const Cycle cycle : arrivals) {
    all.push_back({cycle, false});
  }
  std::sort(all.begin(), all.end(), [](const Change& a, const Change& b) {
    return a.cycle != b.cycle ? a.cycle < b.cycle : a.is_request < b.is_request;
  });
  return all;
}

}  // namespace

void ReadHistory::requested(const ReadIssued& event) {
  streams_[static_cast<std::size_t>(event.stream)].requests.push_back(event.cycle);
}

void ReadHistory::arrived(const BurstArrived& event) {
  streams_[static_cast<std::size_t>(event.stream)].arrivals.push_back(event.cycle);
}

void ReadHistory::clear() {
  for (Stream& stream : streams_) {
    stream.requests.clear();
    stream.arrivals.clear();
  }
}

Cycle ReadHistory::latest() const {
  Cycle latest = 0;
  for (const Stream& stream : streams_) {
    for (const std::vector<Cycle>* cycles : {&stream.requests, &stream.arrivals}) {
      if (!cycles->empty()) {
        latest = std::max(latest, *std::max_element(cycles->begin(), cycles->end()));
      }
    }
  }
  return latest;
}

std::vector<ReadHistory::Run> ReadHistory::runs(FetchStream stream, Cycle end) const {
  const Stream& reads = streams_[static_cast<std::size_t>(stream)];
  std::vector<Run> runs;
  std::uint64_t in_flight = 0;
  for (const Change& change : changes(reads.requests, reads.arrivals)) {
    if (!change.is_request) {
      --in_flight;
      runs.back().end = change.cycle;
      continue;
    }
    if (in_flight == 0 && (runs.empty() || runs.back().end < change.cycle)) {
      runs.push_back({change.cycle, end, 0});
    }
    ++in_flight;
    ++runs.back().bursts;
  }
  if (in_flight > 0) {
    runs.back().end = end;
  }
  return runs;
}

std::vector<ReadHistory::Window> ReadHistory::windows(Cycle begin, Cycle end, Cycle cycles) const {
  std::vector<Cycle> requests;
  std::vector<Cycle> arrivals;
  for (const Stream& stream : streams_) {
    requests.insert(requests.end(), stream.requests.begin(), stream.requests.end());
    arrivals.insert(arrivals.end(), stream.arrivals.begin(), stream.arrivals.end());
  }
  const std::vector<Change> all = changes(requests, arrivals);
  std::vector<Window> windows;
  std::uint64_t in_flight = 0;
  auto change = all.begin();
  for (Cycle from = begin; from < end; from += cycles) {
    Window window{from, std::min(from + cycles, end), in_flight, 0};
    for (; change != all.end() && change->cycle < window.end; ++change) {
      if (change->is_request) {
        ++in_flight;
      } else {
        --in_flight;
        ++window.bursts;
      }
      window.most_in_flight = std::max(window.most_in_flight, in_flight);
    }
    windows.push_back(window);
  }
  return windows;
}

}  // namespace airnn
