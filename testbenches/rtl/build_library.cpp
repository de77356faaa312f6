// SPDX-License-Identifier: Apache-2.0
//
// Makes a library of RTL that is no unit of the machine, for tests of it outside of the loop:
// build_library PLUGIN_FOLDER LIBRARY UNIT SOURCE...; the top module has the name of the unit.
#include <filesystem>
#include <iostream>

#include "sw/rtl/rtl_build.h"

int main(int argc, char** argv) {
  if (argc < 5) {
    std::cerr << "build_library: expected PLUGIN_FOLDER LIBRARY UNIT SOURCE...\n";
    return 2;
  }
  try {
    airnn::RtlBuildRequest request;
    request.plugin_folder = argv[1];
    request.unit = argv[3];
    request.top = argv[3];
    request.sources.assign(argv + 4, argv + argc);
    const airnn::RtlBuild build(request);
    std::cerr << build.warnings();
    std::filesystem::copy_file(build.library(), argv[2],
                               std::filesystem::copy_options::overwrite_existing);
  } catch (const airnn::ToolError& error) {
    std::cerr << error.output() << error.what() << '\n';
    return 1;
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
