// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "testbenches/fuzz/isolated_cases.h"

namespace airnn::test {

/// One kind of file that the program reads, and good examples of it.
struct FuzzedReader {
  enum class Form { bytes, text, json, model, cbor };

  std::string name;
  std::string file;  ///< as the reader wants it named
  Form form = Form::text;
  std::vector<std::string> seeds;
  bool may_be_packed = false;  ///< gzip
  std::function<void(const std::string& path)> read;
};

/// All kinds of files that the program reads, but for memory images; `folder` is for files that
/// have to lie beside the fuzzed ones.
std::vector<FuzzedReader> fuzzed_readers(const std::string& folder);

/// Altered files (one in 20 is as it was), each read by its reader: everything but a UserError
/// fails. Outcomes: the reader's name with "read" or "refused".
CaseSummary fuzz_readers(std::uint64_t seed, std::uint64_t count);

}  // namespace airnn::test
