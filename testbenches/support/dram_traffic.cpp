// SPDX-License-Identifier: Apache-2.0
#include "testbenches/support/dram_traffic.h"

#include "testbenches/support/stall_policy.h"

namespace airnn::test {

namespace {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : seed_(seed) {}
  std::uint64_t below(std::uint64_t limit) { return scrambled(seed_, count_++) % limit; }
  bool percent(unsigned chance) { return below(100) < chance; }

 private:
  std::uint64_t seed_;
  std::uint64_t count_ = 0;
};

}  // namespace

std::vector<DramRequest> requests_of(const DramTraffic& traffic) {
  Dice dice(traffic.seed);
  std::vector<DramRequest> requests;
  std::uint64_t stream = dice.below(traffic.footprint) / 64 * 64;
  const std::uint64_t hot = dice.below(traffic.footprint);
  Cycle cycle = 0;
  while (requests.size() < traffic.requests) {
    unsigned write_percent = traffic.write_percent;
    if (dice.percent(traffic.one_kind_percent)) {
      write_percent = dice.percent(traffic.write_percent) ? 100 : 0;
    }
    const std::size_t burst = 1 + dice.below(traffic.longest_burst);
    for (std::size_t i = 0; i < burst && requests.size() < traffic.requests; ++i) {
      DramRequest request;
      request.id = requests.size();
      request.is_write = dice.percent(write_percent);
      request.arrival = cycle;
      const std::uint64_t kind = dice.below(100);
      if (kind < traffic.stream_percent) {
        stream = (stream + 64) % traffic.footprint;
        request.address = stream;
      } else if (kind < traffic.stream_percent + traffic.hot_percent) {
        request.address = (hot + traffic.hot_stride * dice.below(6)) % traffic.footprint;
      } else if (kind < traffic.stream_percent + traffic.hot_percent + traffic.revisit_percent &&
                 !requests.empty()) {
        const std::uint64_t back = dice.below(16) % requests.size();
        request.address = requests[requests.size() - 1 - back].address;
      } else {
        request.address = dice.below(traffic.footprint);
      }
      requests.push_back(request);
      cycle += traffic.pace;
    }
    const Cycle pause = traffic.pauses[dice.below(traffic.pauses.size())];
    cycle += pause == 0 ? 0 : dice.below(2 * pause);
  }
  return requests;
}

}  // namespace airnn::test
