// SPDX-License-Identifier: Apache-2.0
#include "hw/rtl/rtl_library.h"

#include <dlfcn.h>

#include <filesystem>
#include <system_error>

#include "sw/format/errors.h"

namespace airnn {

namespace {

using TableFunction = const airnn_rtl_table* (*)();

constexpr const char* kFunction = "airnn_rtl";

std::string last_error() {
  const char* const text = dlerror();
  return text != nullptr ? text : "unknown reason";
}

}  // namespace

RtlLibrary::RtlLibrary(const std::string& path, const std::string& unit, const std::string& shown)
    : name_(shown.empty() ? path : shown) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) {
    fail("no such file; expected a library that 'airnn rtl build' made");
  }
  // With a slash, or it is looked for among the libraries of the system.
  const std::string absolute = std::filesystem::absolute(path, error).string();
  void* const library = dlopen(absolute.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    fail("is not a library: " + last_error());
  }
  const auto function = reinterpret_cast<TableFunction>(dlsym(library, kFunction));
  if (function == nullptr) {
    fail("has no function airnn_rtl(); expected a library that 'airnn rtl build' made");
  }
  table_ = function();
  if (table_ == nullptr || table_->abi != AIRNN_RTL_ABI) {
    fail("was built for version " +
         (table_ == nullptr ? std::string("?") : std::to_string(table_->abi)) +
         " of airnn_rtl.h; expected " + std::to_string(AIRNN_RTL_ABI) + ": build it again");
  }
  if (unit != table_->unit) {
    fail(std::string("was built for the unit '") + table_->unit + "'; expected '" + unit + "'");
  }
}

void RtlLibrary::fail(const std::string& what) const {
  throw UserError(name_ + ": " + what);
}

}  // namespace airnn
