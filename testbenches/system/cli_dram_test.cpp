// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <zlib.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

#include "testbenches/support/dram_streams.h"
#include "testbenches/support/source_path.h"
#include "testbenches/system/cli_testing.h"

namespace airnn::test {
namespace {

using testing::HasSubstr;

/// Schedules as traces/dram has them: [tCK since the first command, command, bank].
using Schedule = std::vector<Json>;

class CliDram : public CliTest {
 protected:
  static std::string memory() { return source_path("configs/memory/ddr3_4gb_x8_1600.yaml"); }
  static Json cross_check() {
    std::ifstream file(source_path("traces/dram/cross_check.json"));
    return Json::parse(file);
  }

  static Words command(const Words& more, const std::string& memory_file = memory()) {
    Words words{"dram", "trace", "--memory", memory_file};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }
  void write_trace(const DramStreams::Requests& requests) const {
    std::ostringstream text;
    for (const DramRequest& request : requests) {
      text << std::dec << request.arrival << (request.is_write ? " W 0x" : " R 0x") << std::hex
           << request.address << '\n';
    }
    write("trace", text.str());
  }
  /// Runs the file "trace" with settings of the controller.
  Json result(const Words& settings = {}) const {
    Words words = command({"--json", "result.json", "--command-trace", "commands.csv", "-q"});
    for (const std::string& setting : settings) {
      words.insert(words.end(), {"--set", "controller." + setting});
    }
    EXPECT_EQ(good(words), "");
    return json_of("result.json");
  }

  /// The commands of the last run.
  Schedule schedule() const {
    std::istringstream lines(bytes_of("commands.csv"));
    std::string line;
    std::getline(lines, line);
    EXPECT_EQ(line, "tCK,command,rank,bank,row,column");
    Schedule commands;
    Cycle first = 0;
    while (std::getline(lines, line)) {
      std::istringstream fields(line);
      std::string cycle;
      std::string name;
      std::string rank;
      std::string bank;
      std::getline(fields, cycle, ',');
      std::getline(fields, name, ',');
      std::getline(fields, rank, ',');
      std::getline(fields, bank, ',');
      first = commands.empty() ? std::stoull(cycle) : first;
      commands.push_back({std::stoull(cycle) - first, name, bank.empty() ? -1 : std::stoi(bank)});
    }
    return commands;
  }

  Json stream(const DramStreams::Requests& requests, bool refresh) const {
    write_trace(requests);
    return result({refresh ? "refresh=true" : "refresh=false"});
  }
};

const char* const kWithRefresh[] = {"without_refresh", "with_refresh"};

/// What a failing comparison shows.
Json numbers(const Json& result) {
  return {{"last_read_cycle", result["last_read_cycle"]},
          {"avg_read_latency_from_arrival", result["avg_read_latency_from_arrival"]},
          {"commands", result["commands"]}};
}

TEST_F(CliDram, IssuesEveryCommandOfTheAgreedSchedulesInItsCycle) {
  const Json cases = cross_check()["micro"];
  ASSERT_EQ(cases.size(), 10U);
  for (const auto& [name, expected] : cases.items()) {
    SCOPED_TRACE(name);
    std::string text;
    for (const Json& line : expected["trace"]) {
      text += line.get<std::string>() + "\n";
    }
    write("trace", text);
    for (const char* refresh : {"refresh=true", "refresh=false"}) {
      const Json run = result({refresh, "front_end_cycles=0"});
      EXPECT_EQ(schedule(), expected["schedule"].get<Schedule>());
      const auto latencies = expected["latency"].get<std::vector<Cycle>>();
      double sum = 0;
      for (const Cycle latency : latencies) {
        sum += static_cast<double>(latency);
      }
      EXPECT_DOUBLE_EQ(run["avg_read_latency_from_arrival"].get<double>(),
                       sum / static_cast<double>(latencies.size()));
      EXPECT_EQ(run["latency"]["min"], *std::min_element(latencies.begin(), latencies.end()));
      EXPECT_EQ(run["latency"]["max"], *std::max_element(latencies.begin(), latencies.end()));
    }
  }
}

TEST_F(CliDram, TakesTheLatenciesOfTheDataSheetAndTheFrontEndWhenIdle) {
  // A closed row, a hit, a conflict.
  write("trace", "0 R 0\n200 R 40\n400 R 10000\n");
  for (const int front_end : {0, 1, 7}) {
    const Json run = result({"front_end_cycles=" + std::to_string(front_end)});
    EXPECT_EQ(run["memory"]["controller"]["front_end_cycles"], front_end);
    EXPECT_EQ(run["latency"]["histogram"],
              Json({{15 + front_end, 1}, {26 + front_end, 1}, {37 + front_end, 1}}));
    EXPECT_EQ(run["row"], Json({{"hits", 1}, {"misses", 1}, {"conflicts", 1}, {"forwarded", 0}}));
  }
}

TEST_F(CliDram, KeepsTheClosedFormsWithoutRefresh) {
  constexpr Cycle kCcd = 4;
  constexpr Cycle kRc = 39;
  constexpr Cycle kFaw = 24;
  constexpr Cycle kRrd = 5;
  constexpr Cycle kIdle = 26;
  const Cycle front_end = 1;
  EXPECT_EQ(stream(DramStreams::sequential(10000), false)["last_read_cycle"],
            9999 * kCcd + kIdle + front_end);
  EXPECT_EQ(stream(DramStreams::rows_of_one_bank(10000), false)["last_read_cycle"],
            9999 * kRc + kIdle + front_end);
  EXPECT_EQ(stream(DramStreams::rows_over_banks(10000), false)["last_read_cycle"],
            2499 * kFaw + 3 * kRrd + kIdle + front_end);
}

TEST_F(CliDram, AgreesWithAnotherSimulatorToTheCycleOnReadsInOrder) {
  const Json streams = cross_check()["streams"];
  const std::vector<std::pair<const char*, DramStreams::Requests>> cases = {
      {"sequential", DramStreams::sequential(10000)},
      {"rows_of_one_bank", DramStreams::rows_of_one_bank(10000)},
      {"rows_over_banks", DramStreams::rows_over_banks(10000)},
      {"paced", DramStreams::paced(10000)}};
  for (const auto& [name, requests] : cases) {
    for (const bool refresh : {false, true}) {
      SCOPED_TRACE(std::string(name) + " " + kWithRefresh[refresh]);
      const Json run = stream(requests, refresh);
      const Json other = streams[name][kWithRefresh[refresh]]["DRAMSys 5.1"];
      SCOPED_TRACE(numbers(run).dump() + " against " + other.dump());
      EXPECT_EQ(run["last_read_cycle"], other["last_read_cycle"]);
      EXPECT_NEAR(run["avg_read_latency_from_arrival"].get<double>(),
                  other["avg_read_latency_from_arrival"].get<double>(), 0.001);
      for (const auto& [command, count] : other["commands"].items()) {
        EXPECT_EQ(run["commands"][command], count) << command;
      }
    }
  }
}

TEST_F(CliDram, AgreesWithAllSimulatorsUpToTheirChoices) {
  struct Case {
    const char* name;
    DramStreams::Requests requests;
    double tolerance;  // of the last read
  };
  const std::vector<Case> cases = {
      {"sequential", DramStreams::sequential(10000), 0.003},
      {"rows_of_one_bank", DramStreams::rows_of_one_bank(10000), 0.003},
      {"rows_over_banks", DramStreams::rows_over_banks(10000), 0.003},
      {"paced", DramStreams::paced(10000), 0.003},
      {"mixed", DramStreams::mixed(10000), 0.01},
      {"weights", DramStreams::weights(10000), 0.02},
  };
  const Json streams = cross_check()["streams"];
  for (const Case& one : cases) {
    for (const bool refresh : {false, true}) {
      const Json run = stream(one.requests, refresh);
      for (const auto& [simulator, other] : streams[one.name][kWithRefresh[refresh]].items()) {
        const auto cycle = other["last_read_cycle"].get<double>();
        EXPECT_NEAR(run["last_read_cycle"].get<double>(), cycle, one.tolerance * cycle)
            << one.name << " " << kWithRefresh[refresh] << ": " << numbers(run) << " against "
            << simulator << " " << other;
        EXPECT_EQ(run["commands"]["RD"], other["commands"]["RD"]);
        EXPECT_EQ(run["commands"]["WR"], other["commands"]["WR"]);
      }
    }
  }
  const Json paced = stream(DramStreams::paced(10000), true);
  EXPECT_NEAR(paced["avg_read_latency_from_arrival"].get<double>(), 24.16, 1) << numbers(paced);
}

TEST_F(CliDram, WritesResultsThatFitTogether) {
  const Json run = stream(DramStreams::mixed(10000), true);
  const Json& commands = run["commands"];
  EXPECT_EQ(run["schema"], 1);
  EXPECT_EQ(run["trace"], Json({{"file", "trace"}, {"requests", 10000}, {"complete", true}}));
  EXPECT_EQ(run["requests"], 10000);
  EXPECT_EQ(run["reads"], 7500);
  EXPECT_EQ(run["writes"], 2500);
  const auto activates = commands["ACT"].get<double>();
  EXPECT_DOUBLE_EQ(run["row_hit_rate"].get<double>(), 1 - activates / 10000);

  std::uint64_t outcomes = 0;
  for (const Json& count : run["row"]) {
    outcomes += count.get<std::uint64_t>();
  }
  EXPECT_EQ(outcomes, 10000U);
  std::uint64_t latencies = 0;
  for (const Json& bucket : run["latency"]["histogram"]) {
    latencies += bucket[1].get<std::uint64_t>();
  }
  EXPECT_EQ(latencies, 7500U);

  const auto cycles = run["cycles"].get<double>();
  double in_states = 0;
  for (const Json& state : run["states"]) {
    in_states += state.get<double>();
  }
  EXPECT_EQ(in_states, cycles);
  EXPECT_GE(cycles, run["last_read_cycle"].get<double>());
  EXPECT_DOUBLE_EQ(run["bandwidth_GBs"].get<double>(), 640000 / (cycles * 1.25));
  EXPECT_DOUBLE_EQ(run["utilisation"]["data_bus"].get<double>(), 40000 / cycles);
  double of_banks = 0;
  for (const Json& bank : run["utilisation"]["banks"]) {
    of_banks += bank.get<double>();
  }
  EXPECT_EQ(run["utilisation"]["banks"].size(), 8U);
  EXPECT_NEAR(of_banks, 40000 / cycles, 1e-9);

  // V * ns * devices * mA, from the data sheet.
  constexpr double kPjPerMa = 1.35 * 1.25 * 8;
  const Json& energy = run["energy_pj"];
  EXPECT_NEAR(energy["activate"].get<double>(),
              activates * kPjPerMa * (55 * 39 - 38 * 28 - 32 * 11), 1e-3);
  EXPECT_NEAR(energy["read"].get<double>(), 7500 * kPjPerMa * (157 - 38) * 4, 1e-3);
  EXPECT_NEAR(energy["write"].get<double>(), 2500 * kPjPerMa * (125 - 38) * 4, 1e-3);
  EXPECT_NEAR(energy["refresh"].get<double>(),
              commands["REF"].get<double>() * kPjPerMa * (235 - 38) * 208, 1e-3);
  double total = 0;
  for (const char* part : {"activate", "read", "write", "refresh", "background"}) {
    total += energy[part].get<double>();
  }
  EXPECT_NEAR(energy["total"].get<double>(), total, 1e-3);

  Json traced = Json::object();
  for (const Json& command : schedule()) {
    traced[command[1].get<std::string>()] = traced.value(command[1].get<std::string>(), 0) + 1;
  }
  for (const auto& [name, count] : commands.items()) {
    EXPECT_EQ(traced.value(name, 0), count) << name;
  }
}

TEST_F(CliDram, SaysTheSameOfPlainAndPackedTracesWithAndWithoutCommandTrace) {
  Json plain = stream(DramStreams::weights(10000), true);
  const std::string text = bytes_of("trace");
  gzFile packed = gzopen(path("trace").c_str(), "wb");
  gzwrite(packed, text.data(), static_cast<unsigned>(text.size()));
  gzclose(packed);
  const std::string out = good(command({"--json", "packed.json"}));
  Json other = json_of("packed.json");
  EXPECT_EQ(plain.erase("host"), 1U);
  EXPECT_EQ(other.erase("host"), 1U);
  EXPECT_EQ(plain, other);
  EXPECT_THAT(out, HasSubstr("10,000 requests: 10,000 reads, 0 writes"));
  EXPECT_THAT(out, HasSubstr("row hits"));
}

TEST_F(CliDram, SaysTheSameWithAndWithoutMonitors) {
  Json watched = stream(DramStreams::mixed(10000), true);
  const std::string commands = bytes_of("commands.csv");
  good(command({"--json", "bare.json", "--command-trace", "bare.csv", "-q", "--no-monitors"}));
  Json bare = json_of("bare.json");
  watched.erase("host");
  bare.erase("host");
  EXPECT_EQ(watched, bare);
  EXPECT_EQ(bytes_of("bare.csv"), commands);
  EXPECT_NE(watched["commands"]["REF"], 0);
}

TEST_F(CliDram, RunsATraceWithoutReads) {
  write("trace", "# nothing\n");
  EXPECT_TRUE(result()["last_read_cycle"].is_null());
  EXPECT_THAT(good(command({})), HasSubstr("commands      none"));
  write("trace", "5 W 0x40\n");
  const Json run = result();
  EXPECT_TRUE(run["avg_read_latency_from_arrival"].is_null());
  EXPECT_EQ(run["commands"]["WR"], 1);
  // One cycle of front end, ACT, RCD, CWL and four cycles of data.
  EXPECT_EQ(run["cycles"], 5 + 1 + 11 + 8 + 4);
}

TEST_F(CliDram, ObeysTheKeysOfTheMemoryFile) {
  write("trace", "0 R 0\n100 R 40\n200 R 80\n");
  EXPECT_EQ(result({"page_policy=open"})["commands"]["RD"], 3);
  EXPECT_EQ(result({"page_policy=closed"})["commands"]["RDA"], 3);
  EXPECT_EQ(result({"page_policy=closed"})["memory"]["controller"]["page_policy"], "closed");
}

TEST_F(CliDram, WritesWhatIsDoneWhenInterrupted) {
  // The pause takes longer than any test, because of its refreshes.
  write("trace", "0 R 0\n0 R 40\n900000000000000000 R 80\n");
  const ProgramRun run = interrupted(
      command({"--json", "result.json", "--command-trace", "commands.csv"}), "result.json");
  EXPECT_EQ(run.exit_code, 4);
  EXPECT_THAT(run.out, HasSubstr("2 requests"));
  EXPECT_EQ(run.err, "");
  const Json result = json_of("result.json");
  EXPECT_EQ(result["trace"]["complete"], false);
  EXPECT_EQ(result["requests"], 2);
  EXPECT_THAT(bytes_of("commands.csv"), HasSubstr(",REF,0,,,\n"));
}

TEST_F(CliDram, RefusesMemoriesItCannotRun) {
  write("trace", "0 R 0\n");
  expect_refused(command({}, source_path("configs/memory/flat.yaml")), "'airnn dram' needs ddr3");
  expect_refused(command({}, "none.yaml"), "none.yaml");
  expect_refused({"dram", "trace"}, "--memory is required");
  expect_refused(command({"--set", "controller.page_polcy=closed"}), "did you mean 'page_policy'?");
  expect_refused(command({"--set", "controller.page_policy=close"}), "did you mean 'closed'?");
  expect_refused(command({"--set", "controller.mapping=ro:ba"}), "mapping");
  expect_refused(command({"--set", "timing.rc=12"}), "rc");
}

TEST_F(CliDram, RefusesDamagedTracesAndLeavesNoFiles) {
  const Words outputs = {"--json", "result.json", "--command-trace", "commands.csv"};
  expect_refused(command(outputs), "trace: cannot be read");
  write("trace", "0 R 0\n1 R 100000000\n");
  expect_refused(command(outputs),
                 "trace: line 2: address '100000000'; expected one below 0x100000000");
  write_trace(DramStreams::sequential(300000));
  std::string text = bytes_of("trace");
  write("trace", text + "0 X 0\n");
  expect_refused(command(outputs), "trace: line 300001: 'X'; expected R or W");
}

TEST_F(CliDram, RefusesToOverwriteItsInputs) {
  write("trace", "0 R 0\n");
  expect_refused(command({"--json", "trace"}), "--json: 'trace' is the same file as the trace");
  expect_refused(command({"--command-trace", "./trace"}), "is the same file as the trace");
  expect_refused(command({"--json", "a", "--command-trace", "a"}), "is the same file as");
  expect_refused(command({"--json", "none/a.json"}), "--json: ");
  EXPECT_EQ(bytes_of("trace"), "0 R 0\n");
}

}  // namespace
}  // namespace airnn::test
