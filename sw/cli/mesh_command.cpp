// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/mesh_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>

#include "hw/link/noc/mesh_actions.h"
#include "hw/link/noc/mesh_fabric.h"
#include "hw/link/noc/mesh_listeners.h"
#include "hw/sim/mesh_config.h"
#include "hw/sim/run_config.h"
#include "hw/sim/simulation.h"
#include "sw/cli/own_files.h"
#include "sw/config/config_document.h"
#include "sw/config/option_values.h"
#include "sw/console/console.h"
#include "sw/console/output_path.h"
#include "sw/console/progress.h"
#include "sw/data/mesh_trace_reader.h"
#include "sw/describe/json_file.h"
#include "sw/format/errors.h"

namespace airnn {

namespace {

using MeshClock = std::chrono::steady_clock;

constexpr std::uint64_t kPacketsPerUpdate = 4096;
/// A run asks so often whether it is to stop.
constexpr Cycle kLongestStretch = 1'000'000;
constexpr std::int64_t kPicosecondsTimesMegahertz = 1'000'000;
constexpr std::int64_t kMostMegahertz = 10'000;

[[noreturn]] void stop_at_flit(const MeshViolation& violation) {
  throw SimulationError("/mesh/" + violation.text());
}

/// Does all cycles before `limit`; false if the run is to stop.
bool go_on_until(MeshFabric& fabric, Cycle limit, StopSignal& stop) {
  while (fabric.now() < limit) {
    fabric.run_until(std::min(limit, fabric.now() + kLongestStretch));
    if (stop.requested()) {
      return false;
    }
  }
  return true;
}

}  // namespace

Options* MeshCommand::add_to(Options& program) {
  Options* app = program.add_subcommand("mesh", "Run packets through a mesh of routers alone");
  app->add_option(
         "trace", trace_,
         "Lines of <cycle> <source> <destination> <flits> <virtual channel>; may be gzipped")
      ->type_name("TRACE");
  app->add_option("--config", config_, "The mesh: a file or a name, '4x4'")
      ->required()
      ->type_name("MESH");
  app->add_option("--set", sets_, "Set a key of the file, e.g. mesh.buffer_flits=8")
      ->type_name("KEY=VALUE");
  traffic_.add_to(*app);
  app->add_option("--energy", energy_,
                  "Energy table with routers: a file or a name, 'horowitz_han_noc'")
      ->type_name("TABLE");
  app->add_option("--mhz", mhz_, "Clock of the mesh, for its leakage")
      ->capture_default_str()
      ->type_name("N");
  app->add_option("--packets", packets_, "Write when each packet entered and left as a line of CSV")
      ->type_name("FILE.csv");
  app->add_flag("--no-monitors", no_monitors_, "Do not check the rules of the mesh");
  app->add_option("--json", json_, "Write all results")->type_name("FILE");
  app->add_flag("-q,--quiet", quiet_, "Print nothing but errors");
  app->footer(
      "Examples:\n  airnn mesh packets.trc --config 4x4 --packets packets.csv\n"
      "  airnn mesh --config 8x8 --traffic uniform --rate 0.01 --cycles 20000 --warm-up 1000");
  return app;
}

void MeshCommand::check_outputs() const {
  const auto check = [this](const std::string& option, const std::string& path) {
    if (!path.empty()) {
      check_output_path(option, path);
      check_distinct(option, path, "--config", config_);
      if (!trace_.empty()) {
        check_distinct(option, path, "the trace", trace_);
      }
    }
  };
  check("--packets", packets_);
  check("--json", json_);
  if (!json_.empty() && !packets_.empty()) {
    check_distinct("--json", json_, "--packets", packets_);
  }
}

std::optional<EnergyModel> MeshCommand::read_prices(const std::string& price_class) const {
  if (energy_.empty()) {
    return std::nullopt;
  }
  const std::string table = file_or_name("--energy", OwnFile::energy, energy_);
  // What a table says of memory does not matter here, as long as it is by words.
  return read_energy_config(table, "model: flat\n", "--energy", mesh_actions(price_class), {})
      .model;
}

ExitCode MeshCommand::run() {
  if (trace_.empty() != traffic_.wanted()) {
    throw UserError("expected either a trace of packets or --traffic");
  }
  if (!traffic_.wanted()) {
    traffic_.require_absent();
  }
  config_ = file_or_name("--config", OwnFile::mesh, config_);
  ConfigDocument document = ConfigDocument::load(config_);
  for (const std::string& set : sets_) {
    document.set(set);
  }
  const ConfigReader reader = document.reader();
  const MeshLinkParams params = read_mesh_config(reader.section("mesh"));
  reader.finish();
  std::optional<MeshTrafficParams> traffic;
  Cycle warm_up = 0;
  if (traffic_.wanted()) {
    traffic = traffic_.params(params.mesh, params.memory_node);
    warm_up = traffic_.warm_up(*traffic);
  }
  const std::int64_t mhz = integer_option("--mhz", mhz_, 1, kMostMegahertz);
  const std::string price_class = mesh_price_class(params.mesh);
  MeshResult result{trace_.empty() ? "" : file_name(trace_),
                    traffic,
                    params.mesh,
                    reader.effective(),
                    MeshStatistics(params.mesh.nodes(), warm_up),
                    true,
                    0,
                    static_cast<std::uint64_t>(kPicosecondsTimesMegahertz / mhz),
                    price_class,
                    read_prices(price_class),
                    0};
  check_outputs();
  const std::string warning = mesh_warning(params.mesh);
  if (!warning.empty() && !quiet_) {
    print_error(fmt::format("airnn: warning: {}\n", warning));
  }
  StopSignal stop;  // until all is written
  PacketTimes times;
  simulate(stop, packets_.empty() ? nullptr : &times, result);
  if (!packets_.empty()) {
    times.write(packets_);
  }
  if (!json_.empty()) {
    write_json_file(mesh_json(result), json_);
  }
  if (!quiet_) {
    print(mesh_summary(result));
  }
  return result.complete ? ExitCode::done : ExitCode::stopped;
}

void MeshCommand::simulate(StopSignal& stop, PacketTimes* times, MeshResult& result) const {
  MeshMonitor monitor(result.mesh, stop_at_flit);
  MeshListeners listeners;
  listeners.add(result.statistics);
  if (times != nullptr) {
    listeners.add(*times);
  }
  if (!no_monitors_) {
    listeners.add(monitor);
  }
  const MeshClock::time_point start = MeshClock::now();
  if (result.traffic) {
    run_traffic(listeners, stop, result);
  } else {
    run_trace(listeners, stop, result);
    if (result.complete && !no_monitors_) {
      monitor.finish(result.cycles);
    }
  }
  result.host_seconds = std::chrono::duration<double>(MeshClock::now() - start).count();
}

void MeshCommand::run_trace(MeshListener& listener, StopSignal& stop, MeshResult& result) const {
  constexpr std::uint64_t kKibibyte = 1024;
  MeshFabric fabric(result.mesh, listener);
  MeshTraceReader trace(trace_,
                        {result.mesh.nodes(), kMostPacketFlits, result.mesh.virtual_channels});
  Progress progress("simulating, KiB of the trace",
                    static_cast<std::int64_t>(trace.file_bytes() / kKibibyte),
                    quiet_ || trace.file_bytes() == 0);
  std::uint64_t id = 0;
  for (TracePacket line; result.complete && trace.next(line);) {
    result.complete = go_on_until(fabric, line.offered, stop);
    fabric.offer(
        {id++, fabric.now(), line.source, line.destination, line.flits, line.virtual_channel});
    if (id % kPacketsPerUpdate == 0) {
      progress.update(static_cast<std::int64_t>(trace.bytes_read() / kKibibyte));
      result.complete = result.complete && !stop.requested();
    }
  }
  while (result.complete && fabric.next_event() != kNever) {
    result.complete = go_on_until(fabric, fabric.next_event() + 1, stop);
  }
  result.cycles = std::max(fabric.now(), result.statistics.last_arrival());
}

void MeshCommand::run_traffic(MeshListener& listener, StopSignal& stop, MeshResult& result) const {
  MeshFabric fabric(result.mesh, listener);
  MeshTraffic traffic(result.mesh, *result.traffic);
  const Cycle warm_up = result.statistics.from();
  Progress progress("simulating, cycles", static_cast<std::int64_t>(result.traffic->cycles),
                    quiet_);
  for (MeshPacket packet; result.complete && traffic.next(packet);) {
    result.complete = go_on_until(fabric, packet.offered, stop);
    if (result.complete) {
      fabric.offer(packet);
    }
    if (packet.id % kPacketsPerUpdate == 0) {
      progress.update(static_cast<std::int64_t>(packet.offered));
      result.complete = result.complete && !stop.requested();
    }
  }
  result.complete = result.complete && go_on_until(fabric, result.traffic->cycles, stop);
  result.cycles = std::max(fabric.now(), warm_up) - warm_up;
}

}  // namespace airnn
