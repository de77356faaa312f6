// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace airnn::test {

/// What came of cases, by their outcome, and those that must not be.
struct CaseSummary {
  struct Failure {
    std::uint64_t number = 0;
    std::string reason;
  };
  std::map<std::string, std::uint64_t> outcomes;
  std::vector<Failure> failures;
  double longest_seconds = 0;           ///< of the processor
  std::uint64_t peak_memory_bytes = 0;  ///< of any process

  void add(const CaseSummary& other);
  std::string text() const;
};

/// From now on the process may take so many seconds of the processor; then a signal ends it. 0: no
/// limit. Builds with sanitizers get ten times as many.
void limit_processor_time(double seconds);

/// Runs cases `first` .. `first + cases - 1`, `per_process` of them in a process of their own. A
/// case returns its outcome, a word or two. It fails if it throws, ends its process, takes more
/// than `seconds` of the processor, or leaves the process with more than a gigabyte; the others run
/// all the same. At most 20 failures are kept.
CaseSummary run_isolated(std::uint64_t first, std::uint64_t cases, std::uint64_t per_process,
                         const std::function<std::string(std::uint64_t)>& run_case,
                         double seconds = 2);

}  // namespace airnn::test
