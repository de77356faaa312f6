// SPDX-License-Identifier: Apache-2.0
#include "testbenches/unit/memory/ddr3/dram_cases.h"

#include <sstream>

#include "testbenches/support/stall_policy.h"

namespace airnn::test {

namespace {

constexpr std::size_t kRefreshing = 4;  ///< in dram_parts()

class Draw {
 public:
  explicit Draw(std::uint64_t seed) : seed_(seed) {}

  template <typename T>
  T one_of(std::initializer_list<T> choices) {
    return choices.begin()[scrambled(seed_, count_++) % choices.size()];
  }
  std::uint64_t number() { return scrambled(seed_, count_++); }

 private:
  std::uint64_t seed_;
  std::uint64_t count_ = 0;
};

Ddr3Part part(const std::string& name, std::uint32_t width, std::uint32_t rows) {
  Ddr3Part part;
  part.name = name;
  part.geometry.device_width_bits = width;
  part.geometry.rows = rows;
  return part;
}

}  // namespace

std::vector<Ddr3Part> dram_parts() {
  std::vector<Ddr3Part> parts;
  parts.push_back(part("4Gb x8 1600K", 8, 65536));

  Ddr3Part slow = part("1Gb x8 800D", 8, 16384);
  slow.timing = {2500, 5, 5, 5, 5, 15, 20, 4, 4, 16, 4, 6, 4, 44, 3120, 3, 3, 48, 512, 4, 1};
  parts.push_back(slow);

  Ddr3Part wide = part("1Gb x16 1066F", 16, 8192);
  wide.timing = {1876, 7, 6, 7, 7, 20, 27, 4, 6, 27, 4, 8, 4, 59, 4160, 4, 3, 64, 512, 4, 1};
  parts.push_back(wide);

  Ddr3Part fast = part("2Gb x8 1866M", 8, 32768);
  fast.timing = {1071, 13, 9, 13, 13, 32, 45, 4, 5, 26, 8, 14, 8, 150, 7283, 6, 5, 160, 512, 6, 2};
  parts.push_back(fast);

  // So many refreshes that a short run shows them postponed and pulled in, on few rows.
  Ddr3Part refreshing = part("refreshing", 8, 512);
  refreshing.timing.rfc = 90;
  refreshing.timing.refi = 600;
  refreshing.timing.xs = 98;
  refreshing.timing.xp = 5;
  refreshing.timing.cke = 5;
  parts.push_back(refreshing);

  // Reads whose data come late behind those of a write to another rank.
  Ddr3Part late = part("late reads", 8, 1024);
  late.timing.cl = 16;
  late.timing.rtrs = 1;
  late.timing.cke = 7;
  late.timing.refi = 1500;
  parts.push_back(late);
  return parts;
}

std::vector<DramPolicies> dram_policies() {
  std::vector<DramPolicies> all;
  for (const DramScheduling scheduling : {DramScheduling::fcfs, DramScheduling::fr_fcfs}) {
    for (const PagePolicy page : {PagePolicy::open, PagePolicy::closed, PagePolicy::adaptive}) {
      for (const std::uint32_t ranks : {1U, 2U}) {
        all.push_back({scheduling, page, ranks, false, 0, 0});
        for (const std::uint32_t postponed : {0U, 3U, 8U}) {
          for (const std::uint32_t pulled_in : {0U, 3U, 8U}) {
            all.push_back({scheduling, page, ranks, true, postponed, pulled_in});
          }
        }
      }
    }
  }
  return all;
}

DramCase::DramCase(const DramPolicies& policies, std::uint64_t seed) {
  // Other draws for every combination of policies.
  const std::uint64_t combination =
      static_cast<std::uint64_t>(policies.scheduling) + 2 * policies.ranks +
      8 * static_cast<std::uint64_t>(policies.page_policy) + 32 * policies.max_postponed +
      512 * policies.max_pulled_in + (policies.refresh ? 8192 : 0);
  Draw draw(16384 * seed + combination);
  const std::vector<Ddr3Part> parts = dram_parts();
  // Every second channel has the part that shows most in a short run.
  const std::uint64_t choice = draw.number() % (2 * parts.size());
  params.part = choice < parts.size() ? parts[choice] : parts[kRefreshing];
  params.part.geometry.ranks = policies.ranks;
  params.scheduling = policies.scheduling;
  params.page_policy = policies.page_policy;
  params.refresh = policies.refresh;
  params.max_postponed = policies.max_postponed;
  params.max_pulled_in = policies.max_pulled_in;
  params.mapping =
      policies.ranks == 1
          ? draw.one_of(
                {"ro:ba:co", "ba:ro:co", "ro:co4:ba:co", "ro:ba^ro:co", "ro5:ba1:co2:ro:ba:co"})
          : draw.one_of({"ra:ro:ba:co", "ro:ba:ra:co", "ro:co3:ra:ba^ro:co", "ro:ba:co5:ra:co"});
  params.hit_cap = draw.one_of({0U, 0U, 1U, 4U, 16U});
  params.page_timeout_cycles = draw.one_of<Cycle>({0, 1, 30, 128, 1000});
  params.read_queue = draw.one_of({1U, 2U, 8U, 32U, 64U});
  params.write_queue = draw.one_of({1U, 2U, 8U, 32U, 64U});
  params.drain_high_percent = draw.one_of({80U, 50U, 100U});
  params.drain_low_percent = draw.one_of({20U, 45U, 0U});
  params.power_down_after_cycles = draw.one_of<Cycle>({0, 0, 1, 20, 300});
  params.self_refresh_after_cycles = draw.one_of<Cycle>({0, 0, 1, 50, 1000});
  params.front_end_cycles = draw.one_of<Cycle>({0, 1, 2, 3});

  traffic.seed = draw.number();
  traffic.requests = 600;
  traffic.stream_percent = draw.one_of({0U, 30U, 90U, 100U});
  traffic.hot_percent = draw.one_of({0U, 10U, 60U});
  traffic.revisit_percent = draw.one_of({0U, 10U, 30U});
  // The next row of the same bank in the mappings that begin with the row.
  traffic.hot_stride =
      draw.one_of<std::uint64_t>({params.part.geometry.row_bytes() * params.part.geometry.banks,
                                  params.part.geometry.row_bytes(), 1 << 20, 1 << 24});
  traffic.footprint = draw.one_of<std::uint64_t>({1 << 14, 1 << 20, 1ULL << 34});
  traffic.write_percent = draw.one_of({0U, 10U, 30U, 50U, 100U});
  traffic.one_kind_percent = draw.one_of({0U, 50U, 90U});
  traffic.longest_burst = draw.one_of<std::size_t>({1, 8, 40, 300});
  traffic.pace = draw.one_of<Cycle>({1, 1, 2, 4, 13});
  switch (draw.number() % 5) {
    case 0:
      break;
    case 1:
      traffic.pauses = {0, 10, 40};
      break;
    case 2:
      traffic.pauses = {20, 100, 400};
      break;
    case 3:
      traffic.pauses = {5, 50, 2000};
      break;
    default:
      traffic.pauses = {0, 0, 0, 0, 0, 0, 0, 0, 8000};
      break;
  }
}

std::string DramCase::text() const {
  std::ostringstream text;
  text << params.part.name << ", ranks " << params.part.geometry.ranks << ", " << params.mapping
       << (params.scheduling == DramScheduling::fcfs ? ", fcfs" : ", fr_fcfs") << ", hit cap "
       << params.hit_cap << ", page policy " << static_cast<int>(params.page_policy)
       << ", page timeout " << params.page_timeout_cycles << ", queues " << params.read_queue << "/"
       << params.write_queue << ", drain " << params.drain_high_percent << "/"
       << params.drain_low_percent << ", refresh " << params.refresh << "/" << params.max_postponed
       << "/" << params.max_pulled_in << ", power-down " << params.power_down_after_cycles
       << ", self-refresh " << params.self_refresh_after_cycles << ", front end "
       << params.front_end_cycles << ", traffic " << traffic.seed;
  return text.str();
}

}  // namespace airnn::test
