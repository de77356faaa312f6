// SPDX-License-Identifier: Apache-2.0
#include "hw/wave/wave_formats.h"

#include <algorithm>
#include <array>
#include <filesystem>

#include "hw/wave/vcd_writer.h"
#include "sw/format/errors.h"
#ifdef AIRNN_HAS_FSTAPI
#include "hw/wave/fst_writer.h"
#endif

namespace airnn {

namespace {

using Create = std::unique_ptr<WaveWriter> (*)(const WaveTree& tree, const std::string& path);

template <typename Writer>
std::unique_ptr<WaveWriter> create(const WaveTree& tree, const std::string& path) {
  return std::make_unique<Writer>(tree, path);
}

struct WaveFormat {
  const char* extension;
  Create create;  ///< null: not in this build
};

#ifdef AIRNN_HAS_FSTAPI
constexpr Create kCreateFst = create<FstWriter>;
#else
constexpr Create kCreateFst = nullptr;
#endif

constexpr std::array<WaveFormat, 1> kFormats = {{{".fst", kCreateFst}}};

Create find_create(const std::string& path) {
  const std::string extension = std::filesystem::path(path).extension();
  const auto format = std::find_if(kFormats.begin(), kFormats.end(), [&](const WaveFormat& row) {
    return extension == row.extension;
  });
  return format == kFormats.end() ? create<VcdWriter> : format->create;
}

}  // namespace

void check_wave_format(const std::string& path) {
  if (find_create(path) == nullptr) {
    throw UserError(
        "--wave: '" + path +
        "': this program was built without fstapi (of the packages verilator and liblz4-dev); "
        "expected a name that ends in .vcd, of which vcd2fst (package gtkwave) makes an FST");
  }
}

std::unique_ptr<WaveWriter> create_wave(const WaveTree& tree, const std::string& path) {
  check_wave_format(path);
  return find_create(path)(tree, path);
}

}  // namespace airnn
