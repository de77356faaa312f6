// SPDX-License-Identifier: Apache-2.0
#include "sw/rtl/rtl_build.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>

#include "sw/format/child_program.h"
#include "sw/format/errors.h"
#include "sw/format/output_file.h"
#include "sw/rtl/verilated_pins.h"

namespace airnn {

namespace fs = std::filesystem;

namespace {

constexpr const char* kModel = "Vairnn_rtl";
constexpr const char* kVerilator = "verilator";
constexpr const char* kCompiler = "g++";

std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

/// The folder of the sources that Verilator's models need.
std::string verilator_sources() {
  ChildRun run = run_child({kVerilator, "--getenv", "VERILATOR_ROOT"}, kVerilator);
  run.text.erase(run.text.find_last_not_of('\n') + 1);
  const std::string sources = run.text + "/include";
  if (!run.succeeded || !fs::exists(sources + "/verilated.cpp")) {
    throw UserError("verilator: has no " + sources + "/verilated.cpp; expected version 5");
  }
  return sources;
}

}  // namespace

RtlBuild::RtlBuild(const RtlBuildRequest& request) : request_(request) {
  for (const std::string& source : request.sources) {
    std::error_code error;
    if (!fs::is_regular_file(source, error)) {
      throw UserError(source + ": no such file");
    }
  }
  translate();
  write_pins();
  compile();
}

void RtlBuild::translate() {
  // What is wrong in hardware is an error; the style of the user's RTL is up to him.
  std::vector<std::string> words = {kVerilator,
                                    "--cc",
                                    "-O3",
                                    "-Wall",
                                    "-Wno-fatal",
                                    "-Wno-DECLFILENAME",
                                    "-Werror-LATCH",
                                    "-Werror-COMBDLY",
                                    "-Werror-MULTIDRIVEN",
                                    "-Werror-UNOPTFLAT",
                                    "--x-initial",
                                    "unique",
                                    "--x-assign",
                                    "unique",
                                    "--prefix",
                                    kModel,
                                    "--Mdir",
                                    folder_.path(),
                                    "--top-module",
                                    request_.top,
                                    request_.has_assertions ? "--assert" : "--no-assert"};
  for (const std::string& parameter : request_.parameters) {
    words.push_back("-G" + parameter);
  }
  for (const std::string& source : request_.sources) {
    const std::string folder = fs::path(source).parent_path().string();
    words.push_back("-I" + (folder.empty() ? "." : folder));
    words.push_back(source);
  }
  const ChildRun run = run_child(words, kVerilator);
  if (!run.succeeded) {
    throw ToolError(
        fmt::format("{}: verilator cannot translate it", fmt::join(request_.sources, ", ")),
        run.text);
  }
  warnings_ = run.text;
}

void RtlBuild::write_pins() const {
  const std::vector<VerilatedPin> pins =
      verilated_pins(content_of(folder_.file(std::string(kModel) + ".h")));
  std::string text = fmt::format(
      "#define AIRNN_RTL_UNIT \"{}\"\n#define AIRNN_RTL_TOP \"{}\"\n#define AIRNN_RTL_PINS(PIN)",
      request_.unit, request_.top);
  for (const VerilatedPin& pin : pins) {
    text += fmt::format(" \\\n  PIN({}, {}, {})", pin.name, pin.width, pin.is_output ? 1 : 0);
  }
  write_file(folder_.file("airnn_rtl_pins.h"), text + "\n");
}

/// All sources as one, which is the least work; the library shows nothing but its function, or two
/// libraries of one process would share code of Verilator.
void RtlBuild::compile() const {
  const std::string sources = verilator_sources();
  std::vector<std::string> files = {sources + "/verilated.cpp", sources + "/verilated_threads.cpp"};
  for (const fs::directory_entry& entry : fs::directory_iterator(folder_.path())) {
    if (entry.path().extension() == ".cpp") {
      files.push_back(entry.path().string());
    }
  }
  std::sort(files.begin() + 2, files.end());
  files.push_back(request_.plugin_folder + "/airnn_rtl_plugin.cpp");
  std::string all;
  for (const std::string& file : files) {
    all += "#include \"" + file + "\"\n";
  }
  write_file(folder_.file("all.cc"), all);
  write_file(folder_.file("symbols"), "{ global: airnn_rtl; local: *; };\n");
  const ChildRun run = run_child({kCompiler,
                                  "-std=c++17",
                                  "-O2",
                                  "-w",
                                  "-fPIC",
                                  "-shared",
                                  "-pthread",
                                  "-fvisibility=hidden",
                                  "-fno-gnu-unique",
                                  "-Wl,-Bsymbolic",
                                  "-Wl,--exclude-libs,ALL",
                                  "-Wl,--version-script=" + folder_.file("symbols"),
                                  "-DVL_USER_STOP",
                                  "-DVL_USER_FINISH",
                                  "-DVL_USER_FATAL",
                                  "-DVM_COVERAGE=0",
                                  "-DVM_SC=0",
                                  "-DVM_TRACE=0",
                                  "-DVM_TRACE_FST=0",
                                  "-DVM_TRACE_VCD=0",
                                  "-I" + folder_.path(),
                                  "-I" + request_.plugin_folder,
                                  "-isystem",
                                  sources,
                                  "-o",
                                  library(),
                                  folder_.file("all.cc")},
                                 kCompiler);
  if (!run.succeeded) {
    throw ToolError("g++ cannot compile what verilator made", run.text);
  }
}

}  // namespace airnn
