// SPDX-License-Identifier: Apache-2.0
// airnn_compare_import FILE.onnx...: how far imports are from their graphs, evaluated in double
// precision by the definitions of ONNX. For networks that are not in the project. Ends with 1 where
// an import is more than 0.01 % away, or refused.
#include <cstdio>
#include <exception>

#include "testbenches/oracle/import_check.h"

int main(int count, char** arguments) {
  bool all_agree = true;
  for (int i = 1; i < count; ++i) {
    try {
      const auto deviation = airnn::test::check_import(arguments[i], 1);
      std::printf("%s: largest relative error %.1e in floating point, %.1e in 32 bits\n",
                  arguments[i], deviation.in_float, deviation.in_fixed);
      all_agree = all_agree && deviation.in_float < 1e-4 && deviation.in_fixed < 1e-4;
    } catch (const std::exception& error) {
      std::printf("%s\n", error.what());
      all_agree = false;
    }
  }
  return all_agree ? 0 : 1;
}
