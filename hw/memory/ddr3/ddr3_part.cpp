// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/ddr3/ddr3_part.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <utility>

namespace airnn {

namespace {

/// Data sheets round periods and cycles, e.g. 15 ns as 14 tCK of 1.071 ns.
constexpr double kRounding = 0.01;

/// Latencies that JESD79-3 allows down to a clock period, fastest last.
struct ClockRange {
  std::uint64_t from_tck_ps;
  Cycle cwl;
  Cycle min_cl;
  Cycle max_cl;
};
constexpr std::array<ClockRange, 6> kClockRanges = {{{2500, 5, 5, 6},
                                                     {1875, 6, 6, 8},
                                                     {1500, 7, 7, 10},
                                                     {1250, 8, 8, 11},
                                                     {1070, 9, 10, 13},
                                                     {935, 10, 11, 14}}};
constexpr std::uint64_t kLongestTckPs = 3300;  // with the DLL on

/// Sizes of a device and the time of its refresh; less than that of the next size.
struct Density {
  std::uint64_t megabits;
  double rfc_ns;
  double below_ns;
};
constexpr std::array<Density, 5> kDensities = {
    {{512, 90, 110}, {1024, 110, 160}, {2048, 160, 260}, {4096, 260, 350}, {8192, 350, 450}}};

std::string text(double value) {
  std::array<char, 32> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%.6g", value);
  return buffer.data();
}
std::string text(Cycle value) {
  return std::to_string(value);
}

bool power_of_two(std::uint32_t value) {
  return value != 0 && (value & (value - 1)) == 0;
}

/// Looks at one relation after the other and keeps those that do not hold.
class Inspection {
 public:
  explicit Inspection(const Ddr3Part& part)
      : geometry_(part.geometry), timing_(part.timing), currents_(part.currents) {}

  std::vector<Ddr3Inconsistency> run() {
    geometry();
    clock();
    rows();
    bursts();
    refresh();
    power_down();
    supply();
    return std::move(found_);
  }

 private:
  void require(bool holds, const char* key, const std::string& what) {
    if (!holds) {
      found_.push_back({key, what});
    }
  }

  double ns(Cycle cycles) const {
    return static_cast<double>(cycles) * static_cast<double>(timing_.tck_ps) / 1000;
  }
  /// "tWR (12 tCK, 15 ns)".
  std::string timed(const char* name, Cycle cycles) const {
    return std::string(name) + " (" + text(cycles) + " tCK, " + text(ns(cycles)) + " ns)";
  }
  /// The greater of a number of cycles and a time, as JESD79-3 gives many parameters.
  void at_least(const char* key, const char* name, Cycle cycles, Cycle min_cycles, double min_ns) {
    require(cycles >= min_cycles && ns(cycles) >= min_ns * (1 - kRounding), key,
            timed(name, cycles) + " must be at least " + text(min_cycles) + " tCK and " +
                text(min_ns) + " ns");
  }

  void geometry() {
    require(geometry_.ranks == 1 || geometry_.ranks == 2, "geometry.ranks",
            "a channel has 1 or 2 ranks, not " + text(Cycle{geometry_.ranks}));
    require(geometry_.device_width_bits == 8 || geometry_.device_width_bits == 16,
            "geometry.device_width_bits",
            "devices are 8 or 16 bits wide, not " + text(Cycle{geometry_.device_width_bits}));
    require(geometry_.banks == 8, "geometry.banks",
            "DDR3 devices have 8 banks, not " + text(Cycle{geometry_.banks}));
    require(power_of_two(geometry_.rows), "geometry.rows",
            "rows (" + text(Cycle{geometry_.rows}) + ") must be a power of two");
    require(geometry_.columns == 1024 || geometry_.columns == 2048, "geometry.columns",
            "a row has 1024 or 2048 columns, not " + text(Cycle{geometry_.columns}));
    require(density() != nullptr, "geometry.rows",
            "devices have 512 Mbit, 1, 2, 4 or 8 Gbit; banks * rows * columns * width is " +
                text(static_cast<double>(bits()) / (1 << 20)) + " Mbit");
  }

  std::uint64_t bits() const {
    return std::uint64_t{geometry_.banks} * geometry_.rows * geometry_.columns *
           geometry_.device_width_bits;
  }
  const Density* density() const {
    for (const Density& density : kDensities) {
      if (density.megabits << 20 == bits()) {
        return &density;
      }
    }
    return nullptr;
  }

  void clock() {
    const std::uint64_t fastest = kClockRanges.back().from_tck_ps;
    if (timing_.tck_ps < fastest || timing_.tck_ps > kLongestTckPs) {
      require(false, "timing.tck_ps",
              "tCK (" + text(timing_.tck_ps) + " ps) must be from " + text(fastest) + " to " +
                  text(kLongestTckPs) + " ps (DDR3-2133 to DDR3-606)");
      return;
    }
    std::size_t i = 0;
    while (timing_.tck_ps < kClockRanges[i].from_tck_ps) {
      ++i;
    }
    const ClockRange& range = kClockRanges[i];
    const std::string at = " at a tCK of " + text(timing_.tck_ps) + " ps";
    require(timing_.cl >= range.min_cl && timing_.cl <= range.max_cl, "timing.cl",
            "CL (" + text(timing_.cl) + ") must be from " + text(range.min_cl) + " to " +
                text(range.max_cl) + at);
    require(timing_.cwl == range.cwl, "timing.cwl",
            "CWL (" + text(timing_.cwl) + ") must be " + text(range.cwl) + at);
  }

  void rows() {
    require(timing_.rc == timing_.ras + timing_.rp, "timing.rc",
            "tRC (" + text(timing_.rc) + ") must be tRAS + tRP (" + text(timing_.ras) + " + " +
                text(timing_.rp) + " = " + text(timing_.ras + timing_.rp) + ")");
    require(timing_.ras >= timing_.rcd + timing_.rtp, "timing.ras",
            "tRAS (" + text(timing_.ras) + ") must be at least tRCD + tRTP (" + text(timing_.rcd) +
                " + " + text(timing_.rtp) + " = " + text(timing_.rcd + timing_.rtp) + ")");
    at_least("timing.ras", "tRAS", timing_.ras, 1, 33);
    at_least("timing.rrd", "tRRD", timing_.rrd, 4, 5);
    require(timing_.faw >= 4 * timing_.rrd, "timing.faw",
            "tFAW (" + text(timing_.faw) + ") must be at least 4 * tRRD (" + text(4 * timing_.rrd) +
                ")");
  }

  void bursts() {
    require(timing_.ccd == 4, "timing.ccd",
            "tCCD (" + text(timing_.ccd) + ") must be 4, the length of a burst");
    at_least("timing.wtr", "tWTR", timing_.wtr, 4, 7.5);
    at_least("timing.rtp", "tRTP", timing_.rtp, 4, 7.5);
    at_least("timing.wr", "tWR", timing_.wr, 1, 15);
  }

  void refresh() {
    require(timing_.rfc > timing_.rc, "timing.rfc",
            "tRFC (" + text(timing_.rfc) + ") must be more than tRC (" + text(timing_.rc) + ")");
    if (const Density* size = density()) {
      const double time = ns(timing_.rfc);
      require(time >= size->rfc_ns * (1 - kRounding) && time < size->below_ns, "timing.rfc",
              timed("tRFC", timing_.rfc) + " must be at least " + text(size->rfc_ns) +
                  " ns and less than " + text(size->below_ns) + " ns for a device of " +
                  text(size->megabits) + " Mbit");
    }
    const double interval = ns(timing_.refi);
    require(std::abs(interval - 7800) <= 7800 * kRounding ||
                std::abs(interval - 3900) <= 3900 * kRounding,
            "timing.refi",
            timed("tREFI", timing_.refi) + " must be 7800 ns, or 3900 ns above 85 degrees Celsius");
  }

  void power_down() {
    at_least("timing.xp", "tXP", timing_.xp, 3, 6);
    at_least("timing.cke", "tCKE", timing_.cke, 3, 5);
    require(
        timing_.ckesr > timing_.cke, "timing.ckesr",
        "tCKESR (" + text(timing_.ckesr) + ") must be more than tCKE (" + text(timing_.cke) + ")");
    // One cycle less, because tRFC is rounded up on its own.
    require(ns(timing_.xs + 1) > ns(timing_.rfc) + 10, "timing.xs",
            timed("tXS", timing_.xs) + " must be at least tRFC + 10 ns (" +
                text(ns(timing_.rfc) + 10) + " ns)");
    require(timing_.xsdll >= 512, "timing.xsdll",
            "tXSDLL (" + text(timing_.xsdll) + ") must be at least 512");
  }

  /// A current that must not be above (or, `strictly`, must be below) another.
  void ordered(const char* key, const char* name, double lower, const char* other, double upper,
               bool strictly) {
    require(strictly ? lower < upper : lower <= upper, key,
            std::string(name) + " (" + text(lower) + " mA) must " +
                (strictly ? "be less than " : "not exceed ") + other + " (" + text(upper) + " mA)");
  }

  void supply() {
    const Ddr3Currents& i = currents_;
    require(i.vdd == 1.5 || i.vdd == 1.35, "currents.vdd",
            "VDD (" + text(i.vdd) + " V) must be 1.5 V, or 1.35 V of DDR3L");
    ordered("currents.idd6_ma", "IDD6", i.idd6, "IDD2N", i.idd2n, false);
    ordered("currents.idd2p_ma", "IDD2P", i.idd2p, "IDD2N", i.idd2n, false);
    ordered("currents.idd2n_ma", "IDD2N", i.idd2n, "IDD3N", i.idd3n, false);
    ordered("currents.idd3p_ma", "IDD3P", i.idd3p, "IDD3N", i.idd3n, false);
    ordered("currents.idd3n_ma", "IDD3N", i.idd3n, "IDD4R", i.idd4r, true);
    ordered("currents.idd3n_ma", "IDD3N", i.idd3n, "IDD4W", i.idd4w, true);
    ordered("currents.idd3n_ma", "IDD3N", i.idd3n, "IDD5", i.idd5, true);
    // What is left for ACT and PRE once standby is taken off (hw/memory/ddr3/ddr3_energy.h).
    const double standby =
        (i.idd3n * static_cast<double>(timing_.ras) + i.idd2n * static_cast<double>(timing_.rp)) /
        static_cast<double>(timing_.rc);
    require(i.idd0 > standby, "currents.idd0_ma",
            "IDD0 (" + text(i.idd0) + " mA) must be more than standby in the same loop (" +
                text(standby) + " mA)");
  }

  const Ddr3Geometry& geometry_;
  const Ddr3TimingParams& timing_;
  const Ddr3Currents& currents_;
  std::vector<Ddr3Inconsistency> found_;
};

}  // namespace

std::vector<Ddr3Inconsistency> inconsistencies(const Ddr3Part& part) {
  return Inspection(part).run();
}

}  // namespace airnn
