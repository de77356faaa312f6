// SPDX-License-Identifier: Apache-2.0
//
// Many requests through the memory controller under all its policies in turn, everything checked
// (testbenches/support/dram_soak.h).
//
//   airnn_performance_dram_soak [--requests N] [--seed S]
//
// A line is the sum over all refresh and power policies. Ends with 1 if something was wrong.

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>

#include "testbenches/support/dram_soak.h"

namespace airnn::test {
namespace {

std::map<std::string, std::uint64_t> parse(int argc, char** argv) {
  std::map<std::string, std::uint64_t> options = {{"--requests", 100000000}, {"--seed", 1}};
  for (int i = 1; i < argc; i += 2) {
    if (i + 1 == argc || options.count(argv[i]) == 0) {
      fmt::print(stderr, "options, each with a number: --requests --seed\n");
      std::exit(2);
    }
    options[argv[i]] = std::strtoull(argv[i + 1], nullptr, 10);
  }
  return options;
}

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

std::string line_of(const Ddr3ChannelParams& params) {
  const char* const pages[] = {"open", "closed", "adaptive"};
  std::string scheduling = params.scheduling == DramScheduling::fcfs ? "fcfs" : "fr_fcfs";
  if (params.hit_cap > 0) {
    scheduling += fmt::format(", cap {}", params.hit_cap);
  }
  return fmt::format("{:<15} {:<9} {:>5}", scheduling,
                     pages[static_cast<std::size_t>(params.page_policy)],
                     params.part.geometry.ranks);
}

void print(const std::string& line, const DramSoakResult& sum, Cycle bound) {
  fmt::print("{} {:>9.2f} {:>9.2f} {:>9.1f} {:>9} {:>9}\n", line,
             static_cast<double>(sum.requests) * 1e-6, static_cast<double>(sum.commands) * 1e-6,
             static_cast<double>(sum.cycles) * 1e-6, sum.longest_wait, bound);
  std::fflush(stdout);
}

int soak(std::uint64_t requests, std::uint64_t seed) {
  const auto start = std::chrono::steady_clock::now();
  const std::vector<Ddr3ChannelParams> cases = DramSoak::cases();
  const double memory_start = peak_megabytes();
  double memory_middle = 0;
  fmt::print("{:<15} {:<9} {:>5} {:>9} {:>9} {:>9} {:>9} {:>9}\n", "", "", "", "million", "million",
             "million", "longest", "its");
  fmt::print("{:<15} {:<9} {:>5} {:>9} {:>9} {:>9} {:>9} {:>9}\n", "scheduling", "pages", "ranks",
             "requests", "commands", "tCK", "wait tCK", "bound");
  DramSoakResult all;
  DramSoakResult line;
  Cycle bound = 0;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const DramSoakResult one =
        DramSoak::run(cases[i], seed * cases.size() + i, requests / cases.size());
    if (!one.problem.empty()) {
      fmt::print("{}, refresh {}/{}, power {}/{}: {}\n", line_of(cases[i]), cases[i].max_postponed,
                 cases[i].max_pulled_in, cases[i].power_down_after_cycles,
                 cases[i].self_refresh_after_cycles, one.problem);
      return 1;
    }
    for (DramSoakResult* sum : {&line, &all}) {
      sum->requests += one.requests;
      sum->commands += one.commands;
      sum->cycles += one.cycles;
      sum->longest_wait = std::max(sum->longest_wait, one.longest_wait);
    }
    bound = std::max(bound, DramSoak::longest_wait(cases[i], DramSoak::kLongestBatch));
    if (i + 1 == cases.size() || line_of(cases[i + 1]) != line_of(cases[i])) {
      print(line_of(cases[i]), line, bound);
      line = {};
      bound = 0;
    }
    memory_middle = i + 1 == cases.size() / 2 ? peak_megabytes() : memory_middle;
  }
  const std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
  fmt::print(
      "{} requests, {} commands, {} tCK in {:.0f} s: no rule broken, no request lost, doubled or "
      "late\n",
      all.requests, all.commands, all.cycles, time.count());
  fmt::print("peak memory: {:.1f} MB at the start, {:.1f} MB in the middle, {:.1f} MB at the end\n",
             memory_start, memory_middle, peak_megabytes());
  return 0;
}

}  // namespace
}  // namespace airnn::test

int main(int argc, char** argv) {
  auto options = airnn::test::parse(argc, argv);
  return airnn::test::soak(options["--requests"], options["--seed"]);
}
