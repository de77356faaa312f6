// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <zlib.h>

#include <fstream>
#include <sstream>

#include "testbenches/support/source_path.h"
#include "testbenches/system/cli_testing.h"

namespace airnn::test {
namespace {

using testing::HasSubstr;

class CliMesh : public CliTest {
 protected:
  /// Runs the file "trace" on a mesh of 4 x 4.
  static Words command(const Words& more) {
    Words words{"mesh", "trace", "--config", "4x4"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }
  static Words traffic(const Words& more) {
    Words words{"mesh", "--config", "4x4", "--traffic", "uniform", "--rate", "0.02"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }
};

/// The first five columns are a trace, the whole what --packets writes.
TEST_F(CliMesh, WritesTheTimesOfPacketsAsOtherImplementationsDo) {
  const std::vector<std::pair<const char*, Words>> cases = {
      {"uniform", {}},
      {"two_virtual_channels", {"--set", "mesh.virtual_channels=2"}},
      {"short_buffers_long_hops", {"--set", "mesh.buffer_flits=2", "--set", "mesh.hop_cycles=3"}},
      {"all_to_one", {}},
      {"one_to_all", {}}};
  for (const auto& [name, sets] : cases) {
    SCOPED_TRACE(name);
    std::ifstream file(source_path(std::string("testbenches/cases/mesh/") + name + ".csv"));
    std::stringstream due;
    due << file.rdbuf();
    std::string trace;
    std::string line;
    std::getline(due, line);
    while (std::getline(due, line)) {
      std::replace(line.begin(), line.end(), ',', ' ');
      std::istringstream fields(line);
      for (int i = 0; i < 5; ++i) {
        std::string field;
        fields >> field;
        trace += field + (i < 4 ? " " : "\n");
      }
    }
    write("trace", trace);
    Words words = command({"--packets", "packets.csv", "-q"});
    words.insert(words.end(), sets.begin(), sets.end());
    EXPECT_EQ(good(words), "");
    EXPECT_EQ(bytes_of("packets.csv"), due.str());
  }
}

TEST_F(CliMesh, WritesResultsThatFitTogether) {
  good(traffic({"--json", "result.json", "--cycles", "10000", "--warm-up", "500", "-q"}));
  const Json run = json_of("result.json");
  EXPECT_EQ(run["schema"], 1);
  EXPECT_EQ(run["config"]["mesh"]["flit_bits"], 32);
  EXPECT_EQ(run["traffic"], Json({{"pattern", "uniform"},
                                  {"rate", 0.02},
                                  {"cycles", 10000},
                                  {"warm_up", 500},
                                  {"flits", 8},
                                  {"seed", 1}}));
  EXPECT_EQ(run["cycles"], 9500);
  EXPECT_TRUE(run["complete"]);
  const auto delivered = run["flits"]["delivered"].get<double>();
  EXPECT_NEAR(run["throughput"].get<double>(), 0.16, 0.01);
  EXPECT_DOUBLE_EQ(run["throughput"].get<double>(), delivered / 9500 / 16);
  std::uint64_t hops = 0;
  std::uint64_t ejected = 0;
  unsigned links = 0;
  for (const Json& link : run["links"]) {
    const auto flits = link["flits"].get<std::uint64_t>();
    EXPECT_DOUBLE_EQ(link["utilisation"].get<double>(), static_cast<double>(flits) / 9500);
    hops += link["port"] == "injection" ? 0 : flits;
    ejected += link["port"] == "ejection" ? flits : 0;
    links += link["port"] == "injection" || link["port"] == "ejection" ? 0 : 1;
  }
  EXPECT_EQ(links, 48U);
  EXPECT_EQ(run["flits"]["hops"], hops);
  EXPECT_EQ(run["flits"]["delivered"], ejected);
  EXPECT_EQ(run["counts"]["noc_switch:32x4"], hops);
  EXPECT_EQ(run["counts"]["noc_link:32x4"], hops);
  EXPECT_EQ(run["counts"]["noc_router_ps:32x4"], 16 * 9500 * 10000);
  EXPECT_TRUE(run["energy_pj"].is_null());
  for (const char* delay : {"head_delay", "tail_delay", "source_wait"}) {
    EXPECT_LE(run[delay]["min"], run[delay]["p50"]);
    EXPECT_LE(run[delay]["p50"], run[delay]["p99"]);
    EXPECT_LE(run[delay]["p99"], run[delay]["max"]);
  }
  EXPECT_EQ(run["head_delay"]["min"], 1 + 2 * 2) << "neighbours on an idle mesh";
}

/// Energy of one packet as Noxim at 4c8e72d counts it, in pJ: L (H + 1) e + 0.11 H.
TEST_F(CliMesh, PricesPacketsAsNoximDoes) {
  struct Case {
    unsigned flits;
    unsigned destination;
    unsigned hops;
    const char* bits;
    const char* depth;
    double dynamic_pj;
  };
  for (const Case& one :
       {Case{8, 1, 1, "32", "4", 49.3676}, Case{8, 1, 1, "32", "8", 58.3276},
        Case{8, 1, 1, "64", "4", 96.9612}, Case{8, 1, 1, "64", "8", 115.041},
        Case{8, 3, 3, "32", "4", 98.8452}, Case{8, 3, 3, "32", "8", 116.765},
        Case{8, 3, 3, "64", "4", 194.032}, Case{8, 3, 3, "64", "8", 230.192},
        Case{16, 15, 6, "32", "4", 345.463}, Case{16, 15, 6, "64", "8", 805.178}}) {
    write("trace",
          "0 0 " + std::to_string(one.destination) + " " + std::to_string(one.flits) + " 0\n");
    good(command({"--set", std::string("mesh.flit_bits=") + one.bits, "--set",
                  std::string("mesh.buffer_flits=") + one.depth, "--energy", "horowitz_han_noc",
                  "--mhz", "1000", "--json", "result.json", "-q"}));
    const Json run = json_of("result.json");
    const std::string kind = std::string(":") + one.bits + "x" + one.depth;
    const Json& energy = run["energy_pj"];
    const auto leakage = energy["noc_router_ps" + kind].get<double>();
    // Two digits of rounding are Noxim's own.
    EXPECT_NEAR(energy["total"].get<double>() - leakage, one.dynamic_pj, 1e-3);
    EXPECT_EQ(run["counts"]["noc_route" + kind], one.hops);
    EXPECT_EQ(run["counts"]["noc_router_ps" + kind], 16000 * run["cycles"].get<std::uint64_t>());
    if (kind == ":32x4") {
      EXPECT_NEAR(leakage, 12.345 * 16 * run["cycles"].get<double>(), 1e-6);
    }
  }
}

TEST_F(CliMesh, SaysTheSameOfPlainAndPackedTracesWithAndWithoutMonitors) {
  const std::string text = "# three\n0 0 5 4 0\n0 1 5 8 0\n3 2 5 1 0\n";
  write("trace", text);
  const auto result = [&](const Words& more) {
    Words words = command({"--json", "result.json", "--packets", "packets.csv"});
    words.insert(words.end(), more.begin(), more.end());
    EXPECT_THAT(good(words), HasSubstr("3 offered, 3 delivered"));
    Json json = json_of("result.json");
    EXPECT_EQ(json.erase("host"), 1U);
    return json.dump() + bytes_of("packets.csv");
  };
  const std::string plain = result({});
  EXPECT_EQ(plain, result({"--no-monitors"}));
  gzFile packed = gzopen(path("trace").c_str(), "wb");
  gzwrite(packed, text.data(), static_cast<unsigned>(text.size()));
  gzclose(packed);
  EXPECT_EQ(plain, result({}));
}

TEST_F(CliMesh, WarnsOfBuffersThatHoldUpAStream) {
  write("trace", "0 0 1 9 0\n");
  const ProgramRun run = airnn(command({"--set", "mesh.buffer_flits=2"}));
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_THAT(run.err, HasSubstr("should be at least hop_cycles + 1, 3"));
  EXPECT_EQ(airnn(command({"--set", "mesh.buffer_flits=2", "-q"})).err, "");
  EXPECT_EQ(airnn(command({"--set", "mesh.buffer_flits=3"})).err, "");
}

TEST_F(CliMesh, WritesWhatIsDoneWhenInterrupted) {
  const ProgramRun run =
      interrupted(traffic({"--cycles", "1000000000000", "--json", "result.json"}), "result.json");
  EXPECT_EQ(run.exit_code, 4);
  EXPECT_EQ(run.err, "");
  const Json result = json_of("result.json");
  EXPECT_FALSE(result["complete"]);
  EXPECT_LT(result["cycles"], 1000000000000);
  EXPECT_GT(result["packets"]["delivered"], 0);
}

TEST_F(CliMesh, RunsATraceWithoutPackets) {
  write("trace", "# nothing\n");
  EXPECT_THAT(good(command({"--json", "result.json"})), HasSubstr("head delay   none"));
  EXPECT_TRUE(json_of("result.json")["tail_delay"].is_null());
}

TEST_F(CliMesh, RefusesWhatDoesNotFit) {
  write("trace", "0 0 5 4 0\n");
  expect_refused({"mesh", "--config", "4x4"}, "expected either a trace of packets or --traffic");
  expect_refused(command({"--traffic", "uniform", "--rate", "1"}), "expected either");
  expect_refused(command({"--rate", "1"}), "--rate belongs to synthetic traffic");
  expect_refused({"mesh", "trace", "--config", "5x5"}, "neither a file nor a mesh");
  expect_refused(command({"--set", "mesh.width=2", "--set", "mesh.height=2"}),
                 "trace: line 1: destination '5'; expected 0 to 3");
  expect_refused(command({"--set", "mesh.widht=2"}), "did you mean 'width'?");
  expect_refused(command({"--set", "mesh.flit_bits=33"}), "expected one of 16, 32, 64");
  expect_refused(command({"--energy", "horowitz_han_45nm"}), "no price for 'noc_switch:32x4'");
  expect_refused(command({"--energy", "horowitz_han_noc", "--set", "mesh.buffer_flits=5"}),
                 "the table has 'noc_switch:32x4', 'noc_switch:32x8', 'noc_switch:64x4'");
  expect_refused(command({"--mhz", "0"}), "--mhz");
  expect_refused(command({"--json", "same", "--packets", "same"}), "is the same file");
  expect_refused(command({"--json", "trace"}), "is the same file");
  expect_refused(traffic({"--hotspot", "3"}), "--hotspot belongs to --traffic hotspot");
  expect_refused(traffic({"--cycles", "100", "--warm-up", "100"}), "from 0 to 99");
  expect_refused(traffic({"--flits", "256"}), "from 1 to 255");
  expect_refused({"mesh", "--config", "4x4", "--traffic", "uniform"}, "expected --rate");
  expect_refused({"mesh", "--config", "4x4", "--traffic", "uniform", "--rate", "0"}, "above 0");
  expect_refused({"mesh", "--config", "4x4", "--traffic", "unifrom", "--rate", "1"},
                 "did you mean 'uniform'?");
  expect_refused(
      {"mesh", "--config", "4x4", "--set", "mesh.width=3", "--traffic", "transpose", "--rate", "1"},
      "expected a square");
  expect_refused(
      {"mesh", "--config", "4x4", "--traffic", "hotspot", "--rate", "1", "--hotspot", "16"},
      "from 0 to 15");
}

}  // namespace
}  // namespace airnn::test
