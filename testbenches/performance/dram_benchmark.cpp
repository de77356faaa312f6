// SPDX-License-Identifier: Apache-2.0
//
// Speed of the memory controller alone, with and without a command trace, with and without the
// monitor of JESD79-3; and of the monitor alone on the commands of such a run.
//
//   airnn_performance_dram [--memory FILE.yaml] [--requests N] [--folder DIR]
//
// Every line is the fastest of three runs over requests made beforehand; files are written to DIR.

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "hw/memory/ddr3/dram_listener_pair.h"
#include "hw/memory/ddr3/dram_trace_run.h"
#include "hw/monitor/jedec/jedec_monitor.h"
#include "hw/observe/dram/command_trace.h"
#include "hw/sim/dram_energy.h"
#include "hw/sim/memory_table.h"
#include "sw/config/config_document.h"
#include "sw/data/dram_trace_reader.h"
#include "testbenches/performance/benchmark_options.h"
#include "testbenches/support/dram_streams.h"
#include "testbenches/support/source_path.h"

namespace airnn::test {
namespace {

using Clock = std::chrono::steady_clock;
using Requests = DramStreams::Requests;

constexpr int kRuns = 3;
const auto kGoOn = [] { return true; };

struct Speed {
  double seconds = 1e300;
  std::uint64_t requests = 0;
  Cycle cycles = 0;
  std::uint64_t commands = 0;

  double requests_per_second() const { return static_cast<double>(requests) / seconds; }
};

test::BenchmarkOptions parse(int argc, char** argv) {
  return test::benchmark_options(argc, argv,
                                 {{"--memory", source_path("configs/memory/ddr3_4gb_x8_1600.yaml")},
                                  {"--requests", "2000000"},
                                  {"--folder", std::filesystem::temp_directory_path().string()}});
}

/// `feed` offers all requests to the run it is given.
template <typename Feed>
void run_once(const Ddr3ChannelParams& params, DramStatistics& statistics, DramListener& listener,
              const Feed& feed, Speed& best) {
  const Clock::time_point start = Clock::now();
  Ddr3Channel channel(params, listener);
  DramTraceRun<Ddr3Channel> run(channel);
  feed(run);
  channel.run_until_idle();
  statistics.advance(std::max(channel.now(), statistics.last_completion()));
  const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
  const DramCounts counts = statistics.counts();
  best.seconds = std::min(best.seconds, seconds);
  best.requests = counts.reads + counts.writes;
  best.cycles = channel.now();
  best.commands = 0;
  for (const std::uint64_t count : counts.commands) {
    best.commands += count;
  }
}

JedecMonitor monitor_of(const Ddr3ChannelParams& params) {
  return JedecMonitor(params.part.timing, params.part.geometry, params.refresh,
                      [](const JedecViolation& violation) {
                        throw std::logic_error("/protocol/P12: " + violation.text());
                      });
}

double ns_per_command(const Speed& plain, const Speed& watched) {
  return (watched.seconds - plain.seconds) * 1e9 / static_cast<double>(watched.commands);
}

/// Plain, traced and monitored runs take turns, so that all see the same of the machine's moods.
template <typename Feed>
void measure(const std::string& name, const Ddr3ChannelParams& params, const std::string& csv,
             const Feed& feed) {
  Speed plain;
  Speed traced;
  Speed monitored;
  for (int i = 0; i < kRuns; ++i) {
    DramStatistics statistics = dram_statistics(params.part);
    run_once(params, statistics, statistics, feed, plain);
    DramStatistics counted = dram_statistics(params.part);
    CommandTrace commands(csv);
    DramListenerPair<DramStatistics, CommandTrace> both(counted, commands);
    run_once(params, counted, both, feed, traced);
    DramStatistics watched = dram_statistics(params.part);
    JedecMonitor monitor = monitor_of(params);
    DramListenerPair<DramStatistics, JedecMonitor> with_monitor(watched, monitor);
    run_once(params, watched, with_monitor, feed, monitored);
  }
  fmt::print(
      "{:<22} {:>9.0f} {:>10.1f} {:>12.0f} {:>7.3f} {:>12.1f} {:>12.0f} {:>7.3f} {:>12.1f}\n", name,
      plain.requests_per_second() * 1e-3, static_cast<double>(plain.cycles) * 1e-6 / plain.seconds,
      traced.requests_per_second() * 1e-3, traced.seconds / plain.seconds,
      ns_per_command(plain, traced), monitored.requests_per_second() * 1e-3,
      monitored.seconds / plain.seconds, ns_per_command(plain, monitored));
}

void measure(const std::string& name, const Ddr3ChannelParams& params, const std::string& csv,
             const Requests& requests) {
  measure(name, params, csv, [&](DramTraceRun<Ddr3Channel>& run) {
    for (const DramRequest& request : requests) {
      run.offer(request, kGoOn);
    }
  });
}

/// The commands of a run once more, as fast as the monitor takes them.
void measure_monitor(const std::string& name, const Ddr3ChannelParams& params,
                     const Requests& requests) {
  struct Commands final : DramListener {
    std::vector<CommandIssued> all;
    void issued(const CommandIssued& event) override { all.push_back(event); }
    void served(const RequestServed&) override {}
  } commands;
  Ddr3Channel channel(params, commands);
  DramTraceRun<Ddr3Channel> run(channel);
  for (const DramRequest& request : requests) {
    run.offer(request, kGoOn);
  }
  channel.run_until_idle();
  double seconds = 1e300;
  for (int i = 0; i < kRuns; ++i) {
    JedecMonitor monitor = monitor_of(params);
    const Clock::time_point start = Clock::now();
    for (const CommandIssued& command : commands.all) {
      monitor.issued(command);
    }
    monitor.finish(channel.now());
    seconds = std::min(seconds, std::chrono::duration<double>(Clock::now() - start).count());
  }
  const auto count = static_cast<double>(commands.all.size());
  fmt::print("monitor alone, {:<12} {:>4.0f} million commands/s, {:.1f} ns per command\n", name,
             count * 1e-6 / seconds, seconds * 1e9 / count);
}

void write_trace(const std::string& path, const Requests& requests) {
  std::ofstream file(path);
  for (const DramRequest& request : requests) {
    file << fmt::format("{} {} {:#x}\n", request.arrival, request.is_write ? 'W' : 'R',
                        request.address);
  }
}

void measure_file(const Ddr3ChannelParams& params, const std::string& csv, const std::string& path,
                  const Requests& requests) {
  const std::uint64_t capacity = params.part.geometry.capacity_bytes();
  write_trace(path, requests);
  measure("streaming from a file", params, csv, [&](DramTraceRun<Ddr3Channel>& run) {
    DramTraceReader reader(path, capacity);
    DramRequest request;
    for (TraceRequest line; reader.next(line); ++request.id) {
      request.address = line.address;
      request.is_write = line.is_write;
      request.arrival = line.arrival;
      run.offer(request, kGoOn);
    }
  });
  const Clock::time_point start = Clock::now();
  DramTraceReader reader(path, capacity);
  std::uint64_t lines = 0;
  for (TraceRequest line; reader.next(line);) {
    ++lines;
  }
  const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
  fmt::print("reading alone          {:>9.0f} thousand lines/s\n",
             static_cast<double>(lines) * 1e-3 / seconds);
}

void measure_all(const Ddr3ChannelParams& params, std::uint64_t count, const std::string& folder) {
  const std::string prefix = folder + "/airnn_performance_dram_" + std::to_string(::getpid());
  const std::string csv = prefix + ".csv";  // never committed: only its writing is measured
  fmt::print("{}, {} requests\n", params.part.name, count);
  constexpr const char* kHead = "{:<22} {:>9} {:>10} {:>12} {:>7} {:>12} {:>12} {:>7} {:>12}\n";
  fmt::print(fmt::runtime(kHead), "", "thousand", "million", "with trace", "ratio", "ns",
             "with monitor", "ratio", "ns");
  fmt::print(fmt::runtime(kHead), "", "req./s", "tCK/s", "req./s", "", "per command", "req./s", "",
             "per command");
  measure("streaming", params, csv, DramStreams::sequential(count));
  measure("a quarter writes", params, csv, DramStreams::mixed(count));
  measure("weight fetch", params, csv, DramStreams::weights(count));
  measure("random", params, csv, DramStreams::random(count));
  measure("one per 400 tCK", params, csv, DramStreams::paced(count, 400));
  measure_monitor("streaming", params, DramStreams::sequential(count));
  measure_monitor("random", params, DramStreams::random(count));
  const std::string trace = prefix + ".trc";
  measure_file(params, csv, trace, DramStreams::sequential(count));
  std::filesystem::remove(trace);
}

}  // namespace
}  // namespace airnn::test

int main(int argc, char** argv) {
  const auto options = airnn::test::parse(argc, argv);
  try {
    const airnn::ConfigReader reader = airnn::ConfigDocument::load(options.at("--memory")).reader();
    const airnn::MemoryModel memory = airnn::read_memory_config(reader);
    reader.finish();
    airnn::test::measure_all(memory.channel.value(), std::stoull(options.at("--requests")),
                             options.at("--folder"));
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 2;
  }
  return 0;
}
