// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/dram_trace_command.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>

#include "hw/memory/ddr3/dram_listener_pair.h"
#include "hw/memory/ddr3/dram_trace_run.h"
#include "hw/observe/dram/command_trace.h"
#include "hw/sim/dram_energy.h"
#include "hw/sim/simulation.h"
#include "sw/cli/own_files.h"
#include "sw/config/config_document.h"
#include "sw/console/console.h"
#include "sw/console/output_path.h"
#include "sw/console/progress.h"
#include "sw/console/stop_signal.h"
#include "sw/data/dram_trace_reader.h"
#include "sw/describe/json_file.h"
#include "sw/format/errors.h"

namespace airnn {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kRequestsPerUpdate = 4096;

std::uint64_t peak_memory_bytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
}

Ddr3ChannelParams channel_params(const ConfigReader& reader) {
  const MemoryModel memory = read_memory_config(reader);
  if (!memory.channel) {
    reader.fail("model", memory.name + " has neither rows nor commands; 'airnn dram' needs " +
                             memories_with_commands());
  }
  reader.finish();
  return *memory.channel;
}

}  // namespace

void stop_at(const JedecViolation& violation) {
  throw SimulationError("/protocol/P12: " + violation.text());
}

Options* DramTraceCommand::add_to(Options& program) {
  Options* app = program.add_subcommand("dram", "Run a trace through the memory controller alone");
  app->add_option("trace", trace_, "Lines of <arrival tCK> <R|W> <hex address>; may be gzipped")
      ->required()
      ->type_name("TRACE");
  app->add_option("--memory", memory_, "Part and controller: a file or a name, 'ddr3_4gb_x8_1600'")
      ->required()
      ->type_name("MEMORY");
  app->add_option("--set", sets_, "Set a key of the file, e.g. controller.page_policy=closed")
      ->type_name("KEY=VALUE");
  app->add_option("--command-trace", command_trace_, "Write every command as a line of CSV")
      ->type_name("FILE.csv");
  app->add_flag("--no-monitors", no_monitors_, "Do not check the rules of the command bus");
  app->add_option("--json", json_, "Write all results")->type_name("FILE");
  app->add_flag("-q,--quiet", quiet_, "Print nothing but errors");
  app->footer(
      "Example:\n  airnn dram requests.trc.gz --memory configs/memory/ddr3_4gb_x8_1600.yaml \\\n"
      "    --set controller.page_policy=closed --json result.json");
  return app;
}

void DramTraceCommand::check_outputs() const {
  const auto check = [this](const std::string& option, const std::string& path) {
    if (!path.empty()) {
      check_output_path(option, path);
      check_distinct(option, path, "the trace", trace_);
      check_distinct(option, path, "--memory", memory_);
    }
  };
  check("--command-trace", command_trace_);
  check("--json", json_);
  if (!json_.empty() && !command_trace_.empty()) {
    check_distinct("--json", json_, "--command-trace", command_trace_);
  }
}

ExitCode DramTraceCommand::run() {
  memory_ = file_or_name("--memory", OwnFile::memory, memory_);
  ConfigDocument document = ConfigDocument::load(memory_);
  for (const std::string& set : sets_) {
    document.set(set);
  }
  const ConfigReader reader = document.reader();
  const Ddr3ChannelParams params = channel_params(reader);
  check_outputs();

  DramTraceResult result{file_name(trace_),
                         true,
                         params.part,
                         reader.effective(),
                         dram_statistics(params.part),
                         0,
                         0,
                         0};
  StopSignal stop;  // until all is written
  simulate(params, stop, result);
  if (!json_.empty()) {
    write_json_file(dram_trace_json(result), json_);
  }
  if (!quiet_) {
    print(dram_trace_summary(result));
  }
  return result.complete ? ExitCode::done : ExitCode::stopped;
}

void DramTraceCommand::simulate(const Ddr3ChannelParams& params, StopSignal& stop,
                                DramTraceResult& result) const {
  JedecMonitor monitor(params.part.timing, params.part.geometry, params.refresh, stop_at);
  DramListenerPair<DramStatistics, JedecMonitor> watched(result.statistics, monitor);
  DramListener& listener = no_monitors_ ? static_cast<DramListener&>(result.statistics) : watched;
  const auto run = [&](DramListener& all) {
    run_trace(params, all, stop, result);
    if (!no_monitors_) {
      monitor.finish(result.cycles);
    }
  };
  if (command_trace_.empty()) {
    run(listener);
    return;
  }
  CommandTrace commands(command_trace_);
  DramListenerPair<DramListener, CommandTrace> both(listener, commands);
  run(both);
  commands.commit();
}

void DramTraceCommand::run_trace(const Ddr3ChannelParams& params, DramListener& listener,
                                 StopSignal& stop, DramTraceResult& result) const {
  constexpr std::uint64_t kKibibyte = 1024;
  DramTraceReader trace(trace_, params.part.geometry.capacity_bytes());
  Ddr3Channel channel(params, listener);
  DramTraceRun<Ddr3Channel> run(channel);
  Progress progress("simulating, KiB of the trace",
                    static_cast<std::int64_t>(trace.file_bytes() / kKibibyte),
                    quiet_ || trace.file_bytes() == 0);
  const auto go_on = [&] {
    progress.update(static_cast<std::int64_t>(trace.bytes_read() / kKibibyte));
    return !stop.requested();
  };
  const Clock::time_point start = Clock::now();
  DramRequest request;
  for (TraceRequest line; result.complete && trace.next(line); ++request.id) {
    request.address = line.address;
    request.is_write = line.is_write;
    request.arrival = line.arrival;
    const bool updates = request.id % kRequestsPerUpdate == kRequestsPerUpdate - 1;
    result.complete = (!updates || go_on()) && run.offer(request, go_on);
  }
  channel.run_until_idle();
  result.cycles = std::max(channel.now(), result.statistics.last_completion());
  channel.run_until(result.cycles);
  result.statistics.advance(result.cycles);
  result.host_seconds = std::chrono::duration<double>(Clock::now() - start).count();
  result.peak_memory_bytes = peak_memory_bytes();
}

}  // namespace airnn
