// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/ddr3/ddr3_controller.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cstring>
#include <map>

#include "testbenches/support/sim_test.h"
#include "testbenches/support/stall_policy.h"
#include "testbenches/unit/memory/ddr3/controller_bench.h"
#include "testbenches/unit/memory/ddr3/shell_model.h"

namespace airnn::test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::uint64_t kRow = 8192;  ///< bytes; the next 8 KiB lie in the next bank
constexpr std::uint64_t kBanks = 8;

Ddr3ControllerParams quiet_memory(std::uint64_t tck_ps = 1250) {
  Ddr3ControllerParams params;
  params.channel.part.timing.tck_ps = tck_ps;
  params.channel.refresh = false;
  params.capacity_bytes = 1 << 20;
  return params;
}

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : seed_(seed) {}
  std::uint64_t below(std::uint64_t limit) { return scrambled(seed_, count_++) % limit; }
  template <typename T>
  T one_of(std::initializer_list<T> choices) {
    return choices.begin()[below(choices.size())];
  }

 private:
  std::uint64_t seed_;
  std::uint64_t count_ = 0;
};

Ddr3ControllerParams random_memory(Dice& dice) {
  Ddr3ControllerParams params;
  params.crossing_cycles = 1 + dice.below(3);
  params.capacity_bytes = 1 << 20;
  Ddr3ChannelParams& channel = params.channel;
  Ddr3Part& part = channel.part;
  part.timing.tck_ps = dice.one_of<std::uint64_t>({2500, 1876, 1500, 1250, 1071, 938});
  part.timing.refi = dice.one_of<Cycle>({700, 2000, 6240});
  part.geometry.ranks = 1 + static_cast<std::uint32_t>(dice.below(2));
  // So that the few addresses lie in both ranks and in many rows.
  part.geometry.rows = 64;
  part.geometry.columns = 128;
  channel.mapping = part.geometry.ranks == 1 ? "ro:ba:co" : "ro:ba:ra:co";
  params.capacity_bytes = part.geometry.capacity_bytes();
  channel.scheduling = dice.one_of({DramScheduling::fcfs, DramScheduling::fr_fcfs});
  channel.hit_cap = dice.one_of({0U, 4U});
  channel.page_policy = dice.one_of({PagePolicy::open, PagePolicy::closed, PagePolicy::adaptive});
  channel.read_queue = dice.one_of({1U, 2U, 3U, 4U, 8U, 32U});
  channel.write_queue = dice.one_of({1U, 2U, 3U, 4U, 8U, 32U});
  channel.refresh = dice.below(5) != 0;
  channel.max_postponed = dice.one_of({0U, 3U, 8U});
  channel.max_pulled_in = dice.one_of({0U, 3U, 8U});
  channel.power_down_after_cycles = dice.one_of<Cycle>({0, 1, 30});
  channel.self_refresh_after_cycles = dice.one_of<Cycle>({0, 0, 600});
  channel.front_end_cycles = dice.below(4);
  return params;
}

std::deque<MemoryAccess> random_accesses(Dice& dice, std::size_t count, std::uint64_t capacity) {
  std::deque<MemoryAccess> accesses;
  const std::uint64_t footprint = dice.one_of<std::uint64_t>({512, 16384, capacity});
  const std::uint64_t writes = dice.one_of<std::uint64_t>({0, 20, 50, 100});
  const Cycle longest_gap = dice.one_of<Cycle>({1, 2, 8, 100});
  const Cycle most_ahead = dice.one_of<Cycle>({0, 0, 1, 20});
  Cycle cycle = dice.below(50);
  for (std::size_t i = 0; i < count; ++i) {
    MemoryAccess access;
    access.address = dice.below(footprint / 64) * 64;
    access.is_write = dice.below(100) < writes;
    access.not_before = cycle;
    access.ahead = dice.below(most_ahead + 1);
    if (access.is_write) {
      for (std::size_t at = 0; at < access.bytes.size(); at += sizeof(std::uint64_t)) {
        const std::uint64_t word = dice.below(~0ULL);
        std::memcpy(&access.bytes[at], &word, sizeof word);
      }
    }
    accesses.push_back(access);
    cycle += dice.below(longest_gap) + (dice.below(60) == 0 ? dice.below(2000) : 0);
  }
  return accesses;
}

bool same(const CommandIssued& a, const CommandIssued& b) {
  return a.cycle == b.cycle && a.command == b.command && a.place == b.place;
}

class Ddr3ControllerTest : public SimTest {
 protected:
  ControllerBench& add(const Ddr3ControllerParams& params, std::uint64_t fabric_ps = 10000) {
    benches_.push_back(std::make_unique<ControllerBench>("bench" + std::to_string(benches_.size()),
                                                         params, fabric_ps));
    return *benches_.back();
  }

  /// Simulates, and looks at what must hold whatever is played.
  void run_all() {
    run();
    for (const auto& bench : benches_) {
      EXPECT_TRUE(bench->initiator.finished()) << "waits for something that never happens";
      EXPECT_THAT(bench->checker.violations(), IsEmpty());
      EXPECT_EQ(bench->checker.unfinished(), 0U);
      EXPECT_EQ(bench->initiator.outstanding(), 0U);
      std::vector<Cycle> responses;
      for (const MemoryAccess& access : bench->accesses) {
        EXPECT_EQ(access.completions, 1U);
        EXPECT_EQ(access.status, tlm::TLM_OK_RESPONSE);
        EXPECT_GE(access.request_free, access.begun + 1);
        responses.push_back(access.response);
      }
      std::sort(responses.begin(), responses.end());
      EXPECT_EQ(std::adjacent_find(responses.begin(), responses.end()), responses.end())
          << "two responses in one fabric cycle";
      expect_data(bench->accesses);
    }
  }

  static void expect_data(const std::deque<MemoryAccess>& accesses) {
    std::map<std::uint64_t, std::array<std::uint8_t, 64>> memory;
    for (const MemoryAccess& access : accesses) {
      if (access.is_write) {
        memory[access.address] = access.bytes;
      } else {
        const auto held = memory.find(access.address);
        EXPECT_EQ(access.bytes, held == memory.end() ? decltype(access.bytes){} : held->second);
      }
    }
  }

  std::vector<std::unique_ptr<ControllerBench>> benches_;
};

TEST_F(Ddr3ControllerTest, AnswersAnIdleReadAfterTheCrossingsAndTheLatencyOfTheChannel) {
  ControllerBench& bench = add(quiet_memory());
  MemoryAccess access;
  for (const auto& [cycle, address] :
       {std::pair<Cycle, std::uint64_t>{5, 0}, {105, 64}, {205, kRow * kBanks}}) {
    access.not_before = cycle;
    access.address = address;
    bench.accesses.push_back(access);
  }
  run_all();
  // Arrives at 60 ns, tCK 48; front end 1, ACT 49, RD 60, data until 75: 93.75 ns, cycle 10.
  EXPECT_EQ(bench.accesses[0].response, 5U + 6U);
  // Row open: RD at 849, data until 864, 1080 ns.
  EXPECT_EQ(bench.accesses[1].response, 105U + 4U);
  // PRE at 1649, ACT, RD at 1671, data until 1686, 2107.5 ns.
  EXPECT_EQ(bench.accesses[2].response, 205U + 7U);
  EXPECT_EQ(bench.working, 6U + 4U + 7U);
}

TEST_F(Ddr3ControllerTest, HasTheLatencyOfTheClosedFormForAllClocks) {
  for (const std::uint64_t tck : {1250U, 1071U, 1876U, 2500U}) {
    for (const std::uint64_t fabric : {10000U, 5000U, 3333U, 1000U}) {
      for (const Cycle crossing : {1U, 2U, 3U}) {
        Ddr3ControllerParams params = quiet_memory(tck);
        params.crossing_cycles = crossing;
        params.channel.front_end_cycles = crossing - 1;
        ControllerBench& bench = add(params, fabric);
        MemoryAccess access;
        for (std::uint64_t i = 0; i < kBanks; ++i) {
          access.not_before = 3 + i * 5003;
          access.address = i * kRow;
          access.is_write = i % 2 == 1;
          bench.accesses.push_back(access);
        }
      }
    }
  }
  run_all();
  for (const auto& bench : benches_) {
    const Ddr3TimingParams& t = bench->params.channel.part.timing;
    const Cycle crossing = bench->params.crossing_cycles;
    for (const MemoryAccess& access : bench->accesses) {
      EXPECT_EQ(access.begun, access.not_before);
      const Cycle arrival =
          ((access.begun + crossing) * bench->period_ps + t.tck_ps - 1) / t.tck_ps;
      const Cycle complete = arrival + bench->params.channel.front_end_cycles + t.rcd +
                             (access.is_write ? t.cwl : t.cl) + Ddr3TimingParams::kBurst;
      const Cycle due = (complete * t.tck_ps + bench->period_ps - 1) / bench->period_ps + crossing;
      EXPECT_EQ(access.response, due)
          << t.tck_ps << " ps, fabric " << bench->period_ps << " ps, crossing " << crossing;
    }
  }
}

TEST_F(Ddr3ControllerTest, HoldsARequestBackUntilAPlaceIsFree) {
  for (const std::uint32_t places : {1U, 2U, 3U, 4U}) {
    for (const bool is_write : {false, true}) {
      Ddr3ControllerParams params = quiet_memory();
      params.channel.read_queue = places;
      params.channel.write_queue = places;
      ControllerBench& bench = add(params);
      MemoryAccess access;
      access.is_write = is_write;
      for (std::uint64_t i = 0; i < 5 * places + 3; ++i) {
        access.address = i * kRow * kBanks % params.capacity_bytes;  // rows of one bank
        bench.accesses.push_back(access);
      }
    }
  }
  run_all();
  std::size_t was_held = 0;
  for (const auto& bench : benches_) {
    const std::size_t places = bench->params.channel.read_queue;
    const std::deque<MemoryAccess>& accesses = bench->accesses;
    for (std::size_t i = 0; i < accesses.size(); ++i) {
      // The place of the request so many before it, from the tCK after its column command.
      Cycle place = 0;
      std::size_t columns = 0;
      for (const CommandIssued& event : bench->commands) {
        if (is_column(event.command) && columns++ + places == i) {
          place = ((event.cycle + 1) * 1250 + 9999) / 10000 + 1;
        }
      }
      EXPECT_EQ(accesses[i].was_held, place > accesses[i].begun) << i;
      EXPECT_EQ(accesses[i].request_free, std::max(accesses[i].begun + 1, place)) << i;
      was_held += accesses[i].was_held ? 1 : 0;
    }
  }
  EXPECT_GT(was_held, 80U);
}

class Ddr3ControllerSeeds : public Ddr3ControllerTest,
                            public testing::WithParamInterface<unsigned> {
 protected:
  static constexpr int kBenches = 24;
  static constexpr std::size_t kAccesses = 250;

  ControllerBench& add_random(Dice& dice) {
    const Ddr3ControllerParams params = random_memory(dice);
    ControllerBench& bench = add(params, dice.one_of<std::uint64_t>({10000, 5000, 3333, 1100}));
    bench.accesses = random_accesses(dice, kAccesses, params.capacity_bytes);
    return bench;
  }
};

/// Tells the controllers to catch up in cycles at random, on edges and between them.
class CatchUp final : public sc_core::sc_module {
 public:
  CatchUp(const sc_core::sc_module_name& module_name, ControllerBench& bench, std::uint64_t seed)
      : sc_module(module_name), bench_(bench), dice_(seed) {
    SC_HAS_PROCESS(CatchUp);
    SC_THREAD(run);
  }

 private:
  void run() {
    while (!bench_.initiator.finished()) {
      sc_core::wait(bench_.clock.period() * static_cast<double>(dice_.below(3000)) / 100);
      if (!bench_.initiator.finished()) {
        bench_.controller.catch_up(bench_.clock.now() + dice_.below(2));
      }
    }
  }

  ControllerBench& bench_;
  Dice dice_;
};

TEST_P(Ddr3ControllerSeeds, IssuesTheCommandsOfTheBareChannelInTheirCycles) {
  Dice dice(GetParam());
  std::vector<std::unique_ptr<CatchUp>> catch_ups;
  std::map<ControllerBench*, Cycle> ends;
  for (int i = 0; i < kBenches; ++i) {
    ControllerBench& bench = add_random(dice);
    bench.initiator.script = [&bench, &ends] {
      bench.initiator.play(bench.accesses);
      const Cycle end = bench.clock.now() + 300;
      bench.initiator.wait_until(end);
      bench.controller.catch_up(end);
      ends[&bench] = end;
    };
    if (i % 2 == 0) {
      catch_ups.push_back(std::make_unique<CatchUp>(("catch_up" + std::to_string(i)).c_str(), bench,
                                                    dice.below(~0ULL)));
    }
  }
  run_all();
  for (const auto& bench : benches_) {
    ShellModel model(bench->params, bench->period_ps);
    Cycle working = 0;
    Cycle working_until = 0;
    for (const MemoryAccess& access : bench->accesses) {
      model.request(access);
    }
    // Listeners may hear of commands a crossing ahead.
    const Cycle end = ends[bench.get()];
    model.finish(end + bench->params.crossing_cycles);
    for (std::size_t i = 0; i < bench->accesses.size(); ++i) {
      const MemoryAccess& access = bench->accesses[i];
      ASSERT_EQ(access.request_free, model.expected()[i].request_free)
          << "access " << i << " of " << access.begun << ", told " << access.ahead << " ahead";
      ASSERT_EQ(access.response, model.expected()[i].response) << "access " << i;
      const Cycle from = std::max(access.begun, working_until);
      working_until = std::max(working_until, access.response);
      working += working_until - std::min(from, working_until);
    }
    EXPECT_EQ(bench->working, working) << "cycles with an access under way";
    const Cycle end_ddr = end * bench->period_ps / bench->params.channel.part.timing.tck_ps;
    const auto later = std::find_if(model.commands().begin(), model.commands().end(),
                                    [&](const CommandIssued& e) { return e.cycle >= end_ddr; });
    ASSERT_GE(bench->commands.size(), static_cast<std::size_t>(later - model.commands().begin()));
    ASSERT_LE(bench->commands.size(), model.commands().size());
    for (std::size_t i = 0; i < bench->commands.size(); ++i) {
      ASSERT_TRUE(same(bench->commands[i], model.commands()[i])) << "command " << i;
    }
  }
}

TEST_P(Ddr3ControllerSeeds, CompleteEveryRequestOnceWhenResponsesAreEndedLate) {
  Dice dice(GetParam() + 1000);
  std::uint64_t seed = 0;
  for (int i = 0; i < kBenches; ++i) {
    ControllerBench& bench = add_random(dice);
    const std::uint64_t late_percent = dice.one_of<std::uint64_t>({10, 50, 100});
    bench.initiator.hold_response = [&bench, late_percent, seed](std::uint64_t n) {
      const std::uint64_t number = scrambled(seed, n);
      const bool is_late = number % 100 < late_percent;
      // On edges and between them.
      return bench.clock.period() * (is_late ? static_cast<double>(number / 100 % 50) / 4 : 0);
    };
    ++seed;
  }
  run_all();
}

TEST_P(Ddr3ControllerSeeds, SettleIntoAStateThatDoesNotDependOnWhatWasBefore) {
  Dice dice(GetParam() + 2000);
  struct Run {
    ControllerBench* bench;
    std::deque<MemoryAccess> measured;
    std::vector<std::vector<Cycle>> latencies;
    std::vector<std::vector<CommandIssued>> commands;
  };
  std::deque<Run> runs;
  for (int i = 0; i < kBenches; ++i) {
    ControllerBench& bench = add_random(dice);
    Run& run = runs.emplace_back();
    run.bench = &bench;
    run.measured = random_accesses(dice, 60, bench.params.capacity_bytes);
    const std::uint64_t seed = dice.below(~0ULL);
    bench.accesses.clear();
    bench.initiator.script = [&bench, &run, seed] {
      Dice history(seed);
      MemoryInitiator& initiator = bench.initiator;
      for (int round = 0; round < 6; ++round) {
        if (round > 0) {
          auto before = random_accesses(history, history.below(40), bench.params.capacity_bytes);
          for (MemoryAccess& access : before) {
            access.not_before += bench.clock.now();
          }
          initiator.play(before);
          initiator.wait_until(bench.clock.now() + history.one_of<Cycle>({1, 1, 17, 400, 3000}));
        }
        const Cycle start = initiator.settle();
        EXPECT_GE(start, bench.clock.now());
        bench.controller.catch_up(bench.clock.now());
        bench.commands.clear();
        auto measured = run.measured;
        for (MemoryAccess& access : measured) {
          access.not_before += start;
        }
        initiator.wait_until(start);
        initiator.play(measured);
        std::vector<Cycle> latencies;
        for (const MemoryAccess& access : measured) {
          latencies.push_back(access.request_free - start);
          latencies.push_back(access.response - start);
        }
        run.latencies.push_back(latencies);
        const Cycle start_ps = start * bench.period_ps;
        const Cycle tck_ps = bench.params.channel.part.timing.tck_ps;
        EXPECT_EQ(start_ps % tck_ps, 0U) << "the clocks' edges meet";
        initiator.wait_until(start + 20000);
        bench.controller.catch_up(start + 20000);
        for (CommandIssued& event : bench.commands) {
          event.cycle -= start_ps / tck_ps;
        }
        run.commands.push_back(bench.commands);
      }
    };
  }
  run_all();
  for (const Run& run : runs) {
    ASSERT_EQ(run.latencies.size(), 6U);
    for (std::size_t round = 1; round < run.latencies.size(); ++round) {
      EXPECT_EQ(run.latencies[round], run.latencies[0]) << "round " << round;
      EXPECT_TRUE(std::equal(run.commands[round].begin(), run.commands[round].end(),
                             run.commands[0].begin(), run.commands[0].end(), same))
          << "round " << round;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, Ddr3ControllerSeeds, testing::Range(0U, 6U));

/// Accesses of one kind that fail at once, between two that do not.
class Ddr3ControllerErrors : public Ddr3ControllerTest {
 protected:
  tlm::tlm_response_status status_of(std::uint64_t address, unsigned length, unsigned width) {
    tlm::tlm_response_status status = tlm::TLM_INCOMPLETE_RESPONSE;
    ControllerBench& bench = add(quiet_memory());
    bench.initiator.script = [&] {
      std::array<std::uint8_t, 128> bytes{};
      PayloadPool pool;
      tlm::tlm_generic_payload& payload = pool.acquire();
      payload.set_command(tlm::TLM_READ_COMMAND);
      payload.set_address(address);
      payload.set_data_ptr(bytes.data());
      payload.set_data_length(length);
      payload.set_streaming_width(width);
      tlm::tlm_phase phase = tlm::BEGIN_REQ;
      sc_core::sc_time delay = sc_core::SC_ZERO_TIME;
      EXPECT_EQ(bench.initiator.bus->nb_transport_fw(payload, phase, delay), tlm::TLM_COMPLETED);
      status = payload.get_response_status();
      payload.release();
      bench.accesses.resize(1);
      bench.initiator.play(bench.accesses);
    };
    run_all();
    EXPECT_EQ(bench.working, bench.accesses[0].response - bench.accesses[0].begun);
    return status;
  }
};

TEST_F(Ddr3ControllerErrors, AnswersAnotherLengthThanABurstsWithABurstError) {
  EXPECT_EQ(status_of(0, 32, 32), tlm::TLM_BURST_ERROR_RESPONSE);
}

TEST_F(Ddr3ControllerErrors, AnswersTwoBurstsInOneWithABurstError) {
  EXPECT_EQ(status_of(0, 128, 128), tlm::TLM_BURST_ERROR_RESPONSE);
}

TEST_F(Ddr3ControllerErrors, AnswersANarrowStreamWithABurstError) {
  EXPECT_EQ(status_of(0, 64, 8), tlm::TLM_BURST_ERROR_RESPONSE);
}

TEST_F(Ddr3ControllerErrors, AnswersAMisalignedAddressWithABurstError) {
  EXPECT_EQ(status_of(8, 64, 64), tlm::TLM_BURST_ERROR_RESPONSE);
}

TEST_F(Ddr3ControllerErrors, AnswersAnAddressBehindItsEndWithAnAddressError) {
  EXPECT_EQ(status_of(1 << 20, 64, 64), tlm::TLM_ADDRESS_ERROR_RESPONSE);
}

TEST_F(Ddr3ControllerTest, SaysWhyABlockingCallCannotBe) {
  ControllerBench& bench = add(quiet_memory());
  bench.initiator.script = [&] {
    tlm::tlm_generic_payload payload;
    std::array<std::uint8_t, 64> bytes{};
    payload.set_read();
    payload.set_data_ptr(bytes.data());
    payload.set_data_length(64);
    payload.set_streaming_width(64);
    sc_core::sc_time delay;
    bench.initiator.bus->b_transport(payload, delay);
  };
  EXPECT_THAT(run_to_failure(),
              testing::AllOf(HasSubstr("bench0_memory"), HasSubstr("nb_transport_fw (four phases)"),
                             HasSubstr("transport_dbg")));
}

TEST_F(Ddr3ControllerTest, ReadsAndWritesWithoutTimeOnBothSockets) {
  ControllerBench& bench = add(quiet_memory());
  bench.accesses.resize(1);
  bench.accesses[0].address = 640;
  bench.initiator.script = [&] {
    std::array<std::uint8_t, 100> bytes{};
    bytes.fill(0x5A);
    tlm::tlm_generic_payload store;
    store.set_write();
    store.set_address(630);
    store.set_data_ptr(bytes.data());
    store.set_data_length(100);
    EXPECT_EQ(bench.initiator.backdoor->transport_dbg(store), 100U);
    bytes.fill(0);
    EXPECT_EQ(bench.initiator.debug(tlm::TLM_READ_COMMAND, 700, bytes.data(), 40), 40U);
    EXPECT_EQ(bytes[29], 0x5A);
    EXPECT_EQ(bytes[30], 0);
    EXPECT_EQ(bench.initiator.debug(tlm::TLM_READ_COMMAND, (1 << 20) - 8, bytes.data(), 40), 8U);
    EXPECT_EQ(bench.initiator.debug(tlm::TLM_READ_COMMAND, 1 << 20, bytes.data(), 40), 0U);
    EXPECT_TRUE(bench.commands.empty());
    MemoryAccess& access = bench.accesses[0];
    bench.initiator.send(access);
    while (access.completions == 0) {
      bench.initiator.wait_until(bench.clock.now() + 1);
    }
    EXPECT_THAT(access.bytes, testing::Each(0x5A));
    access.bytes.fill(0);  // what the map of the test expects, which does not know of the backdoor
  };
  run_all();
}

TEST_F(Ddr3ControllerTest, RefusesACrossingWithoutTimeAndContentThatDoesNotFit) {
  Ddr3ControllerParams params = quiet_memory();
  params.crossing_cycles = 0;
  EXPECT_THROW(Ddr3Controller("instant", params, clock_), sc_core::sc_report);
  params = quiet_memory();
  params.channel.part.geometry.rows = 1;
  params.capacity_bytes = params.channel.part.geometry.capacity_bytes() + 1;
  EXPECT_THROW(Ddr3Controller("small", params, clock_), sc_core::sc_report);
  SimTest::forget_complaints();
}

}  // namespace
}  // namespace airnn::test
