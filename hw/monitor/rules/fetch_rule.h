// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "hw/common/beats.h"
#include "hw/link/bus_view.h"
#include "hw/monitor/decode/burst_map.h"
#include "hw/monitor/rule_reporter.h"
#include "hw/monitor/rules/running_group.h"
#include "hw/monitor/train_memory.h"
#include "sw/format/memory_image.h"

namespace airnn {

/// Where the host puts input maps.
struct InputPlaces {
  std::uint64_t address = 0;  ///< of the first place
  std::uint64_t bytes = 0;    ///< of all places
  std::uint64_t map_bytes = 0;
  std::uint64_t pitch = 0;  ///< from one place to the next
};

/// Rules P2, P8 and the reads of P7, by what passes over the memory's bus: in each state just the
/// bursts of its fetch are read, each once, and all of them.
class FetchRule {
 public:
  /// `prefetch`: the next batch may be fetched from the first Compute of an iteration on. `group`
  /// must have heard of a state before this does.
  FetchRule(const RuleReporter& reporter, const RunningGroup& group, const MemoryImage& image,
            const BurstMap& map, const InputPlaces& inputs, bool prefetch);

  /// A job was sent to the controller.
  void job(const InputJob& job) { jobs_.push_back(job); }
  /// `next` is about to be entered.
  void entered(const StateEntered& next);
  void request(const BusRequest& request);
  void train(FetchId id, const BusTrain& train, const TrainMemory::Seen& seen);

 private:
  struct Fetch {
    std::uint64_t bursts = 0;
    std::uint64_t remaining = 0;
    std::uint32_t run = 0;
    bool is_open = false;
    std::array<bool, TrainMemory::kWays> by_train{};  ///< this train was all of the fetch
    std::uint32_t whole_run = 0;  ///< that a repeated train read, without marks on its bursts
  };
  /// A burst that may be read.
  struct Place {
    FetchId fetch = kNoFetch;
    std::uint32_t* run = nullptr;  ///< of the fetch, in which it was read last
  };

  void leave(const StateEntered& next);
  void open(FetchId id);
  /// All of it must have been read by now.
  void close(FetchId id, Cycle cycle);
  void open_input_map(std::uint32_t input);
  Place place_of(std::uint64_t address);
  void read(std::uint64_t address, Cycle cycle);
  void refuse(std::uint64_t address, Cycle cycle, FetchId fetch);
  bool is_in_inputs(std::uint64_t address) const {
    return address >= inputs_.address && address - inputs_.address < inputs_.bytes;
  }
  std::string name_of(std::uint64_t address) const;

  const RuleReporter& reporter_;
  const RunningGroup& group_;
  const MemoryImage& image_;
  const BurstMap& map_;
  const InputPlaces inputs_;
  const bool prefetch_;
  std::vector<std::uint32_t> runs_;        ///< by burst of the image
  std::vector<std::uint32_t> input_runs_;  ///< by burst of the running input's map
  std::uint64_t input_address_ = 0;
  std::vector<Fetch> fetches_;
  std::deque<InputJob> jobs_;     ///< of the running group, and not begun yet
  std::uint32_t prefetched_ = 0;  ///< the iteration whose batch was allowed early last
};

}  // namespace airnn
