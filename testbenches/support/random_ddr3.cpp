// SPDX-License-Identifier: Apache-2.0
#include "testbenches/support/random_ddr3.h"

#include <random>
#include <sstream>

namespace airnn::test {

namespace {

class Draw {
 public:
  explicit Draw(std::uint64_t seed) : random_(seed) {}

  template <typename T>
  T one_of(std::initializer_list<T> choices) {
    return choices.begin()[random_() % choices.size()];
  }

 private:
  std::mt19937_64 random_;
};

}  // namespace

Ddr3ControllerParams random_ddr3(std::uint64_t seed) {
  Draw draw(seed);
  Ddr3ControllerParams params;
  params.crossing_cycles = draw.one_of<Cycle>({1, 2, 3});
  Ddr3ChannelParams& channel = params.channel;
  Ddr3TimingParams& timing = channel.part.timing;
  timing.tck_ps = draw.one_of<std::uint64_t>({2500, 1876, 1500, 1250, 1071, 938});
  timing.refi = draw.one_of<Cycle>({700, 2000, 6240});
  channel.part.geometry.ranks = draw.one_of({1U, 2U});
  channel.part.geometry.rows = 1024;
  channel.part.geometry.columns = 128;
  channel.mapping =
      channel.part.geometry.ranks == 1
          ? draw.one_of({"ro:ba:co", "ba:ro:co", "ro:co:ba", "ro:co2:ba^ro:co"})
          : draw.one_of({"ra:ro:ba:co", "ro:ba:ra:co", "ro:co:ba:ra", "ro:co2:ra:ba^ro:co"});
  channel.scheduling =
      draw.one_of({DramScheduling::fcfs, DramScheduling::fr_fcfs, DramScheduling::fr_fcfs});
  channel.hit_cap = draw.one_of({0U, 1U, 4U});
  channel.page_policy = draw.one_of({PagePolicy::open, PagePolicy::closed, PagePolicy::adaptive});
  channel.page_timeout_cycles = draw.one_of<Cycle>({0, 20, 128});
  channel.read_queue = draw.one_of({1U, 2U, 3U, 4U, 8U, 32U, 64U});
  channel.refresh = draw.one_of({true, true, true, true, false});
  channel.max_postponed = draw.one_of({0U, 3U, 8U});
  channel.max_pulled_in = draw.one_of({0U, 3U, 8U});
  channel.power_down_after_cycles = draw.one_of<Cycle>({0, 1, 30});
  channel.self_refresh_after_cycles = draw.one_of<Cycle>({0, 0, 100, 600});
  channel.front_end_cycles = draw.one_of<Cycle>({0, 1, 3});
  return params;
}

std::string text_of(const Ddr3ControllerParams& params) {
  const Ddr3ChannelParams& channel = params.channel;
  std::ostringstream text;
  text << channel.part.timing.tck_ps << " ps, crossing " << params.crossing_cycles << ", refi "
       << channel.part.timing.refi << ", " << channel.mapping
       << (channel.scheduling == DramScheduling::fcfs ? ", fcfs" : ", fr_fcfs") << ", hit cap "
       << channel.hit_cap << ", page policy " << static_cast<int>(channel.page_policy)
       << ", page timeout " << channel.page_timeout_cycles << ", queue " << channel.read_queue
       << ", refresh " << channel.refresh << "/" << channel.max_postponed << "/"
       << channel.max_pulled_in << ", power-down " << channel.power_down_after_cycles
       << ", self-refresh " << channel.self_refresh_after_cycles << ", front end "
       << channel.front_end_cycles;
  return text.str();
}

}  // namespace airnn::test
