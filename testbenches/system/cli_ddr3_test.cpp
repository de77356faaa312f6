// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <sstream>

#include "testbenches/support/source_path.h"
#include "testbenches/system/cli_testing.h"

namespace airnn::test {
namespace {

/// `airnn simulate` on a DDR3 memory.
class CliDdr3 : public CliTest {
 protected:
  CliDdr3() {
    good({"compile", model("lenet300-100.onnx"), "-o", "net.airnn", "--clusters", "10", "-q"});
    good({"digits", "--count", "5", "--seed", "3", "-o", "digits"});
  }

  static std::string run_file(const std::string& name) {
    return source_path("configs/run/") + name;
  }
  Words simulate(const std::string& run, const Words& more) const {
    Words words{"simulate",    "net.airnn",         "--run",
                run_file(run), "--images",          "digits-images.idx",
                "--labels",    "digits-labels.idx", "-q"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }
  Json summary(const std::string& folder) const {
    return json_of(folder + "/results.json").at("summary");
  }
};

TEST_F(CliDdr3, ChangesTimeAndEnergyButNoValue) {
  good(simulate("default.yaml", {"--out", "flat"}));
  good(simulate("ddr3.yaml", {"--out", "ddr3"}));
  EXPECT_EQ(values("flat"), values("ddr3"));
  const Json flat = summary("flat");
  const Json ddr3 = summary("ddr3");
  for (const char* key : {"accuracy", "mean_iterations", "stopped_at", "words_placed"}) {
    EXPECT_EQ(flat.at(key), ddr3.at(key)) << key;
  }
  EXPECT_EQ(flat.at("dram").at("bytes"), ddr3.at("dram").at("bytes"));
  EXPECT_NE(flat.at("fabric_cycles").at("fetch"), ddr3.at("fabric_cycles").at("fetch"));
  EXPECT_EQ(flat.at("fabric_cycles").at("compute"), ddr3.at("fabric_cycles").at("compute"));
  EXPECT_FALSE(flat.at("energy_pj").contains("dram_background"));
  EXPECT_FALSE(ddr3.at("energy_pj").contains("dram_value_word"));
}

TEST_F(CliDdr3, AccountsForEveryBurstAndEveryCycleOfTheMemory) {
  good(simulate("ddr3.yaml", {"--out", "out"}));
  const Json all = summary("out");
  const Json& dram = all.at("dram");
  EXPECT_EQ(dram.at("commands").at("RD"), dram.at("reads"));
  EXPECT_EQ(dram.at("bytes_read").get<std::uint64_t>(), 64 * dram.at("reads").get<std::uint64_t>());
  std::uint64_t cycles = 0;
  for (const auto& state : dram.at("states").items()) {
    cycles += state.value().get<std::uint64_t>();
  }
  constexpr std::uint64_t ddr_cycles_per_fabric_cycle = 8;  // 10 ns, 1.25 ns
  EXPECT_EQ(cycles,
            ddr_cycles_per_fabric_cycle * all.at("fabric_cycles").at("total").get<std::uint64_t>());
  double energy = 0;
  for (const auto& component : all.at("energy_pj").items()) {
    energy += component.key() == "total" ? 0 : component.value().get<double>();
  }
  EXPECT_NEAR(energy, all.at("energy_pj").at("total").get<double>(), 1e-6 * energy);
}

TEST_F(CliDdr3, WritesTheCommandsThatItCounts) {
  good(simulate("ddr3.yaml", {"--out", "out", "--command-trace", "commands.csv"}));
  std::istringstream lines(bytes_of("commands.csv"));
  std::string line;
  std::getline(lines, line);
  EXPECT_EQ(line, "tCK,command,rank,bank,row,column");
  std::map<std::string, std::uint64_t> counts;
  std::uint64_t last = 0;
  while (std::getline(lines, line)) {
    const std::uint64_t cycle = std::stoull(line);
    EXPECT_TRUE(cycle > last || last == 0);
    last = cycle;
    const std::size_t from = line.find(',') + 1;
    ++counts[line.substr(from, line.find(',', from) - from)];
  }
  const Json commands = summary("out").at("dram").at("commands");
  EXPECT_EQ(counts["RD"], commands.at("RD").get<std::uint64_t>());
  EXPECT_EQ(counts["ACT"], commands.at("ACT").get<std::uint64_t>());
  // The trace has the settling between inputs too, which belongs to none of them.
  EXPECT_GT(counts["REF"], commands.at("REF").get<std::uint64_t>());
}

TEST_F(CliDdr3, RefusesCommandsWhereThereAreNone) {
  expect_refused(simulate("default.yaml", {"--command-trace", "c.csv"}),
                 "--command-trace: the memory has no commands");
  expect_refused(simulate("ddr3.yaml", {"--command-trace", "c.csv", "--jobs", "2"}),
                 "expected --jobs 1");
}

TEST_F(CliDdr3, RefusesCurrentsOfAMemoryWithoutAny) {
  expect_refused(simulate("default.yaml", {"--set", "energy.dram=currents"}), "dram");
}

}  // namespace
}  // namespace airnn::test
