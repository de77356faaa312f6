// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sw/data/data_file.h"

namespace airnn {

/// What the header of a NumPy .npy file says.
struct NpyHeader {
  std::string descr;  ///< NumPy's name of the element type, "<f4"
  bool fortran_order = false;
  std::vector<std::uint64_t> shape;
};

/// The file begins with the magic string of .npy.
bool looks_like_npy(DataFile& file);

/// Reads the header (versions 1 to 3); the next byte is the first of the array. Throws DataError.
NpyHeader read_npy_header(DataFile& file);

}  // namespace airnn
