// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/rtl_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>

#include "hw/rtl/rtl_unit.h"
#include "sw/cli/own_files.h"
#include "sw/config/nearest_name.h"
#include "sw/console/console.h"
#include "sw/console/output_path.h"
#include "sw/console/stop_signal.h"
#include "sw/format/errors.h"
#include "sw/format/output_file.h"
#include "sw/rtl/rtl_build.h"

namespace airnn {

namespace {

std::vector<std::string> rtl_unit_names() {
  std::vector<std::string> names;
  for (const RtlUnit& unit : built_in_rtl()) {
    names.push_back(unit.name);
  }
  return names;
}

const RtlUnit& rtl_unit(const std::string& option, const std::string& name) {
  for (const RtlUnit& unit : built_in_rtl()) {
    if (unit.name == name) {
      return unit;
    }
  }
  throw UserError(fmt::format("{}: no unit '{}' can be RTL; expected {}{}", option, name,
                              fmt::join(rtl_unit_names(), ", "),
                              did_you_mean(name, rtl_unit_names())));
}

/// What an installation has for RTL: the header of libraries, and SystemVerilog.
std::string own_rtl_folder() {
  const std::filesystem::path own = own_folder();
  if (own.empty() || !std::filesystem::exists(own / "rtl" / "airnn_rtl.h")) {
    throw UserError("airnn rtl: has no folder rtl beside its configs; AIRNN_HOME must be it");
  }
  return (own / "rtl").string();
}

std::string bytes_of_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

/// What the tools say goes to standard error as it is.
std::unique_ptr<const RtlBuild> built(const RtlBuildRequest& request) {
  try {
    auto made = std::make_unique<const RtlBuild>(request);
    print_error(made->warnings());
    return made;
  } catch (const ToolError& error) {
    print_error(error.output());
    throw;
  }
}

}  // namespace

Options* RtlCommand::add_to(Options& program) {
  Options* app = program.add_subcommand("rtl", "Make libraries of units in SystemVerilog");
  app->add_option("action", action_,
                  "build: a library of SystemVerilog, with verilator and g++; skeleton: a module "
                  "with the pins of a unit, to be filled in")
      ->required()
      ->type_name("build|skeleton");
  app->add_option("subject", subjects_, "build: files of SystemVerilog; skeleton: the unit")
      ->required()
      ->type_name("FILE.sv");
  app->add_option("--unit", unit_, "build: the unit whose pins the top module has")
      ->type_name(fmt::format("{}", fmt::join(rtl_unit_names(), "|")));
  app->add_option("--top", top_, "build: the top module (default: airnn_UNIT)")
      ->type_name("MODULE");
  app->add_option("-G,--parameter", parameters_, "build: set a parameter of the top module")
      ->type_name("NAME=VALUE");
  app->add_flag("--no-assert", no_assertions_, "build: leave out assertions");
  app->add_option("-o,--output", output_, "The library, or the skeleton (default: print it)")
      ->type_name("FILE");
  app->footer(
      "Examples:\n  airnn rtl skeleton addresses -o my.sv\n"
      "  airnn rtl build my.sv --unit addresses -G LANES=8 -o my.so\n"
      "  airnn simulate lenet5.airnn --run default --set rtl.addresses=my.so --images ...");
  return app_ = app;
}

ExitCode RtlCommand::run() {
  if (action_ == "build") {
    return build();
  }
  if (action_ == "skeleton") {
    return skeleton();
  }
  throw UserError(fmt::format("action: '{}'; expected build, skeleton{}", action_,
                              did_you_mean(action_, {"build", "skeleton"})));
}

void RtlCommand::refuse(const std::vector<std::string>& options) const {
  for (const std::string& option : options) {
    if (app_->option(option).given()) {
      throw UserError(fmt::format("{}: has no meaning with 'airnn rtl {}'", option, action_));
    }
  }
}

ExitCode RtlCommand::build() const {
  if (unit_.empty() || output_.empty()) {
    throw UserError(fmt::format("{}: must be given with 'airnn rtl build'",
                                unit_.empty() ? "--unit" : "--output"));
  }
  const RtlUnit& unit = rtl_unit("--unit", unit_);
  for (const std::string& parameter : parameters_) {
    if (parameter.find('=') == std::string::npos) {
      throw UserError("--parameter: '" + parameter + "'; expected NAME=VALUE");
    }
  }
  check_output_path("--output", output_);
  for (const std::string& source : subjects_) {
    check_distinct("--output", output_, "the source", source);
  }
  RtlBuildRequest request;
  request.sources = subjects_;
  request.unit = unit_;
  request.top = top_.empty() ? "airnn_" + unit_ : top_;
  request.parameters = parameters_;
  request.has_assertions = !no_assertions_;
  request.plugin_folder = own_rtl_folder();
  StopSignal hold;
  const std::unique_ptr<const RtlBuild> made = built(request);
  const auto library = std::make_shared<const RtlLibrary>(made->library(), unit_, output_);
  unit.check_pins(library);
  write_file(output_, bytes_of_file(made->library()));
  print(one_line(fmt::format("{}: {}, module {}, {}", output_, unit_, library->table().top,
                             library->table().built_with)) +
        "\n");
  return ExitCode::done;
}

ExitCode RtlCommand::skeleton() const {
  refuse({"--unit", "--top", "--parameter", "--no-assert"});
  if (subjects_.size() != 1) {
    throw UserError("subject: " + std::to_string(subjects_.size()) + " words; expected one unit");
  }
  const std::string name = rtl_unit("subject", subjects_.front()).name;
  const std::string text = bytes_of_file(own_rtl_folder() + "/sv/skeleton/airnn_" + name + ".sv");
  if (output_.empty()) {
    print(text);
  } else {
    check_output_path("--output", output_);
    write_file(output_, text);
  }
  return ExitCode::done;
}

}  // namespace airnn
