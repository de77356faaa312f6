// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hw/sim/ddr3_config.h"
#include "hw/sim/flat_config.h"
#include "hw/sim/memory_table.h"
#include "testbenches/unit/config/config_testing.h"

namespace airnn::test {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

/// Lines of a complete file; the number of a line is its place in here, from 1.
std::vector<std::string> lines() {
  return {"model: ddr3",     "part: some part", "source: a data sheet",
          "geometry:",       "  ranks: 1",      "  device_width_bits: 8",
          "  banks: 8",      "  rows: 65536",   "  columns: 1024",
          "timing:",         "  tck_ps: 1250",  "  cl: 11",
          "  cwl: 8",        "  rcd: 11",       "  rp: 11",
          "  ras: 28",       "  rc: 39",        "  ccd: 4",
          "  rrd: 5",        "  faw: 24",       "  wtr: 6",
          "  wr: 12",        "  rtp: 6",        "  rfc: 208",
          "  refi: 6240",    "currents:",       "  vdd: 1.35",
          "  idd0_ma: 55",   "  idd2n_ma: 32",  "  idd2p_ma: 18",
          "  idd3n_ma: 38",  "  idd3p_ma: 38",  "  idd4r_ma: 157",
          "  idd4w_ma: 125", "  idd5_ma: 235",  "  idd6_ma: 20"};
}

std::string joined(const std::vector<std::string>& all) {
  std::string text;
  for (const std::string& line : all) {
    text += line + "\n";
  }
  return text;
}

MemoryModel read(const std::string& text) {
  const ConfigReader reader = reader_of(text);
  MemoryModel model = read_memory_config(reader);
  reader.finish();
  return model;
}

Ddr3ControllerParams read_ddr3(const std::string& text) {
  EXPECT_EQ(read(text).name, "ddr3");
  return read_ddr3_config(reader_of(text));
}

/// The file with `value` for the key that stands in a line of its own.
std::string with(const std::string& key, const std::string& value) {
  std::vector<std::string> all = lines();
  for (std::string& line : all) {
    if (line.rfind("  " + key + ":", 0) == 0) {
      line = "  " + key + ": " + value;
    }
  }
  return joined(all);
}
std::string place_of(const std::string& key) {
  const std::vector<std::string> all = lines();
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].rfind("  " + key + ":", 0) == 0) {
      return "a.yaml:" + std::to_string(i + 1) + ": ";
    }
  }
  return "no such line";
}

TEST(MemoryConfig, ReadsTheFlatMemory) {
  const std::string text = "model: flat\nlatency_cycles: 30\n";
  EXPECT_EQ(read(text).name, "flat");
  EXPECT_FALSE(read(text).channel.has_value());
  const FlatMemoryParams params = read_flat_config(reader_of(text));
  EXPECT_EQ(params.latency_cycles, 30U);
  EXPECT_EQ(params.burst_interval_cycles, 1U);
  EXPECT_THAT(refusal([] { read("model: flat\ntiming: {cl: 11}\n"); }),
              HasSubstr("unknown key 'timing'"));
  EXPECT_THAT(refusal([] { read("model: ddr4\n"); }), HasSubstr("flat"));
}

TEST(MemoryConfig, ReadsAPartAndFillsInTheRest) {
  const Ddr3ControllerParams config = read_ddr3(joined(lines()));
  const Ddr3ChannelParams& params = config.channel;
  EXPECT_EQ(params.part.name, "some part");
  EXPECT_EQ(params.part.geometry.rows, 65536U);
  EXPECT_EQ(params.part.timing.rfc, 208U);
  EXPECT_EQ(params.part.timing.xp, 5U) << "6 ns";
  EXPECT_EQ(params.part.timing.cke, 4U) << "5 ns";
  EXPECT_EQ(params.part.timing.xs, 216U) << "tRFC + 10 ns";
  EXPECT_EQ(params.part.timing.xsdll, 512U);
  EXPECT_EQ(params.part.timing.ckesr, 5U) << "tCKE + 1";
  EXPECT_EQ(params.part.timing.rtrs, 2U);
  EXPECT_EQ(params.part.currents.vdd, 1.35);
  EXPECT_EQ(params.part.currents.idd4w, 125);
  EXPECT_EQ(params.mapping, "ro:ba:co");
  EXPECT_EQ(params.scheduling, DramScheduling::fr_fcfs);
  EXPECT_EQ(params.page_policy, PagePolicy::open);
  EXPECT_EQ(params.front_end_cycles, 1U);
  EXPECT_EQ(config.crossing_cycles, 1U);
  EXPECT_EQ(read(joined(lines())).channel->part.name, "some part");
}

TEST(MemoryConfig, FillsInWhatTheStandardAsksOfASlowClock) {
  std::vector<std::string> all = lines();
  all[10] = "  tck_ps: 1875";
  all[11] = "  cl: 8";
  all[12] = "  cwl: 6";
  all[23] = "  rfc: 139";
  all[24] = "  refi: 4160";
  const Ddr3TimingParams timing = read(joined(all)).channel->part.timing;
  EXPECT_EQ(timing.xp, 4U) << "7.5 ns";
  EXPECT_EQ(timing.cke, 3U);
  EXPECT_EQ(timing.xs, 145U);
}

TEST(MemoryConfig, ReadsEveryKeyOfTheController) {
  const Ddr3ControllerParams config = read_ddr3(joined(lines()) +
                                                "controller:\n"
                                                "  mapping: \"ro:co:ba\"\n"
                                                "  scheduling: fcfs\n"
                                                "  hit_cap: 16\n"
                                                "  page_policy: adaptive\n"
                                                "  page_timeout_cycles: 200\n"
                                                "  read_queue: 8\n"
                                                "  write_queue: 64\n"
                                                "  drain_high_percent: 90\n"
                                                "  drain_low_percent: 10\n"
                                                "  refresh: false\n"
                                                "  max_postponed: 8\n"
                                                "  max_pulled_in: 7\n"
                                                "  power_down_after_cycles: 50\n"
                                                "  self_refresh_after_cycles: 5000\n"
                                                "  front_end_cycles: 0\n"
                                                "crossing_cycles: 2\n");
  const Ddr3ChannelParams& params = config.channel;
  EXPECT_EQ(params.mapping, "ro:co:ba");
  EXPECT_EQ(params.scheduling, DramScheduling::fcfs);
  EXPECT_EQ(params.hit_cap, 16U);
  EXPECT_EQ(params.page_policy, PagePolicy::adaptive);
  EXPECT_EQ(params.page_timeout_cycles, 200U);
  EXPECT_EQ(params.read_queue, 8U);
  EXPECT_EQ(params.write_queue, 64U);
  EXPECT_EQ(params.drain_high_percent, 90U);
  EXPECT_EQ(params.drain_low_percent, 10U);
  EXPECT_FALSE(params.refresh);
  EXPECT_EQ(params.max_postponed, 8U);
  EXPECT_EQ(params.max_pulled_in, 7U);
  EXPECT_EQ(params.power_down_after_cycles, 50U);
  EXPECT_EQ(params.self_refresh_after_cycles, 5000U);
  EXPECT_EQ(params.front_end_cycles, 0U);
  EXPECT_EQ(config.crossing_cycles, 2U);
}

TEST(MemoryConfig, AcceptsAnotherControllerForAPart) {
  ConfigDocument document = ConfigDocument::from_text(joined(lines()), "a.yaml");
  document.set("controller.page_policy=closed");
  EXPECT_EQ(read_memory_config(document.reader()).channel->page_policy, PagePolicy::closed);
}

TEST(MemoryConfig, NeedsEveryLineOfAPart) {
  for (std::size_t i = 1; i < lines().size(); ++i) {
    std::vector<std::string> all = lines();
    if (all[i].back() == ':') {
      continue;
    }
    const std::string key = all[i].substr(0, all[i].find(':'));
    all.erase(all.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_THAT(refusal([&] { read(joined(all)); }),
                HasSubstr(key.substr(key.find_first_not_of(' '))))
        << key;
  }
}

struct Refused {
  const char* key;
  const char* value;
  const char* what;
};

TEST(MemoryConfig, RefusesEachInconsistencyWithItsLine) {
  for (const Refused& one :
       {Refused{"ranks", "3", "geometry.ranks: a channel has 1 or 2 ranks"},
        Refused{"device_width_bits", "4", "geometry.device_width_bits: "},
        Refused{"banks", "16", "geometry.banks: "},
        Refused{"rows", "65535", "geometry.rows: rows (65535) must be a power of two"},
        Refused{"rows", "1024", "geometry.rows: devices have 512 Mbit, 1, 2, 4 or 8 Gbit"},
        Refused{"columns", "512", "geometry.columns: "},
        Refused{"tck_ps", "500", "timing.tck_ps: "},
        Refused{"cl", "12", "timing.cl: CL (12) must be from 8 to 11 at a tCK of 1250 ps"},
        Refused{"cwl", "9", "timing.cwl: "},
        Refused{"rc", "38", "timing.rc: tRC (38) must be tRAS + tRP (28 + 11 = 39)"},
        Refused{"ccd", "5", "timing.ccd: "},
        Refused{"rrd", "3", "timing.rrd: "},
        Refused{"faw", "12", "timing.faw: "},
        Refused{"wtr", "4", "timing.wtr: "},
        Refused{"wr", "8", "timing.wr: "},
        Refused{"rtp", "4", "timing.rtp: "},
        Refused{"rfc", "128", "timing.rfc: tRFC (128 tCK, 160 ns) must be at least 260 ns"},
        Refused{"refi", "4160", "timing.refi: tREFI (4160 tCK, 5200 ns) must be 7800 ns"},
        Refused{"vdd", "1.8", "currents.vdd: "},
        Refused{"idd0_ma", "30", "currents.idd0_ma: "},
        Refused{"idd2n_ma", "40", "currents.idd2n_ma: "},
        Refused{"idd2p_ma", "33", "currents.idd2p_ma: "},
        Refused{"idd3p_ma", "39", "currents.idd3p_ma: "},
        Refused{"idd6_ma", "0.02", "currents.idd6_ma: expected a number from 1.0"}}) {
    EXPECT_THAT(refusal([&] { read(with(one.key, one.value)); }),
                StartsWith(place_of(one.key) + one.what));
  }
}

TEST(MemoryConfig, RefusesInconsistencyOfWhatMayBeLeftOut) {
  std::vector<std::string> all = lines();
  for (const Refused& one :
       {Refused{"xp", "2", "timing.xp: "}, Refused{"cke", "3", "timing.cke: "},
        Refused{"xs", "100", "timing.xs: "}, Refused{"xsdll", "100", "timing.xsdll: "},
        Refused{"ckesr", "4", "timing.ckesr: "}}) {
    all[24] = "  refi: 6240\n  " + std::string(one.key) + ": " + one.value;
    EXPECT_THAT(refusal([&] { read(joined(all)); }),
                StartsWith("a.yaml:26: " + std::string(one.what)));
  }
}

TEST(MemoryConfig, RefusesAControllerThatCannotBe) {
  for (const Refused& one :
       {Refused{"read_queue", "0", "expected an integer from 1 to 64"},
        Refused{"write_queue", "65", "expected an integer from 1 to 64"},
        Refused{"drain_low_percent", "80",
                "drain_low_percent (80) must be less than drain_high_percent (80)"},
        Refused{"drain_high_percent", "10", "drain_low_percent (20) must be less than"},
        Refused{"drain_high_percent", "101", "expected an integer from 0 to 100"},
        Refused{"max_postponed", "9", "expected an integer from 0 to 8"},
        Refused{"max_pulled_in", "9", "expected an integer from 0 to 8"},
        Refused{"page_policy", "shut", "closed"}, Refused{"scheduling", "frfcfs", "fr_fcfs"},
        Refused{"pages", "open", "unknown key 'pages'"},
        Refused{"front_end_cycles", "-1", "expected an integer"}}) {
    const std::string text =
        joined(lines()) + "controller:\n  " + one.key + ": " + one.value + "\n";
    const std::string message = refusal([&] { read(text); });
    EXPECT_THAT(message, StartsWith("a.yaml:38: "));
    EXPECT_THAT(message, HasSubstr(one.what));
  }
  EXPECT_THAT(refusal([] {
                read(joined(lines()) +
                     "controller:\n  power_down_after_cycles: 9\n  self_refresh_after_cycles: 9\n");
              }),
              StartsWith("a.yaml:39: controller.self_refresh_after_cycles: self-refresh"));
  EXPECT_THAT(refusal([] { read(joined(lines()) + "crossing_cycles: 0\n"); }),
              StartsWith("a.yaml:37: crossing_cycles: expected an integer from 1"));
}

}  // namespace
}  // namespace airnn::test
