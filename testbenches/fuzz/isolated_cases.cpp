// SPDX-License-Identifier: Apache-2.0
#include "testbenches/fuzz/isolated_cases.h"

#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstring>
#include <exception>
#include <new>
#include <sstream>
#include <stdexcept>
#include <typeinfo>

#include "testbenches/support/effort.h"

namespace airnn::test {

namespace {

constexpr std::uint64_t kMostMemory = std::uint64_t{1} << 30;
constexpr std::size_t kKeptFailures = 20;
constexpr std::size_t kMostOutcomes = 96;
constexpr std::size_t kMostText = 400;
constexpr double kSlower = kSanitized ? 10 : 1;  // instrumented code

/// What a process tells, readable when it has died.
struct Board {
  struct Outcome {
    char name[40];
    std::uint64_t count;
  };
  std::uint64_t number;  ///< of the case at work
  std::uint64_t peak_memory;
  double longest;
  bool failed;
  char reason[kMostText];
  Outcome outcomes[kMostOutcomes];
};

double processor_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         1e-6 * static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

std::uint64_t peak_memory() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
}

void fail(Board& board, const std::string& reason) {
  board.failed = true;
  std::strncpy(board.reason, reason.c_str(), kMostText - 1);
}

void count(Board& board, const std::string& outcome) {
  for (Board::Outcome& place : board.outcomes) {
    if (place.count == 0) {
      std::strncpy(place.name, outcome.c_str(), sizeof place.name - 1);
    }
    if (outcome.compare(0, sizeof place.name - 1, place.name) == 0) {
      ++place.count;
      return;
    }
  }
  fail(board, "no room to count the outcome " + outcome);
}

/// Ends the process behind the first case that fails.
[[noreturn]] void work(Board& board, std::uint64_t end, double seconds,
                       const std::function<std::string(std::uint64_t)>& run_case) {
  for (; board.number < end; ++board.number) {
    const double start = processor_seconds();
    limit_processor_time(seconds);
    try {
      count(board, run_case(board.number));
    } catch (const std::exception& error) {
      fail(board, std::string("threw ") + typeid(error).name() + ": " + error.what());
    }
    limit_processor_time(0);
    board.longest = std::max(board.longest, processor_seconds() - start);
    board.peak_memory = peak_memory();
    if (!board.failed && board.peak_memory > kMostMemory) {
      fail(board, "took " + std::to_string(board.peak_memory >> 20) + " MB");
    }
    if (board.failed) {
      break;
    }
  }
  _exit(0);
}

/// The failure that ended the process, if one did.
std::string fate(const Board& board, int status) {
  if (WIFSIGNALED(status)) {
    return WTERMSIG(status) == SIGPROF
               ? "took too long"
               : "signal " + std::to_string(WTERMSIG(status)) + ", " + strsignal(WTERMSIG(status));
  }
  if (WEXITSTATUS(status) != 0) {
    return "exit code " + std::to_string(WEXITSTATUS(status));
  }
  return board.failed ? board.reason : "";
}

void collect(const Board& board, CaseSummary& summary) {
  for (const Board::Outcome& outcome : board.outcomes) {
    if (outcome.count > 0) {
      summary.outcomes[outcome.name] += outcome.count;
    }
  }
  summary.longest_seconds = std::max(summary.longest_seconds, board.longest);
  summary.peak_memory_bytes = std::max(summary.peak_memory_bytes, board.peak_memory);
}

}  // namespace

void limit_processor_time(double seconds) {
  const double allowed = kSlower * seconds;
  itimerval timer{};
  timer.it_value.tv_sec = static_cast<time_t>(allowed);
  timer.it_value.tv_usec =
      static_cast<suseconds_t>(1e6 * (allowed - static_cast<double>(timer.it_value.tv_sec)));
  setitimer(ITIMER_PROF, &timer, nullptr);
}

void CaseSummary::add(const CaseSummary& other) {
  for (const auto& [outcome, number] : other.outcomes) {
    outcomes[outcome] += number;
  }
  failures.insert(failures.end(), other.failures.begin(), other.failures.end());
  longest_seconds = std::max(longest_seconds, other.longest_seconds);
  peak_memory_bytes = std::max(peak_memory_bytes, other.peak_memory_bytes);
}

std::string CaseSummary::text() const {
  std::ostringstream text;
  for (const auto& [outcome, number] : outcomes) {
    text << "  " << outcome << ": " << number << "\n";
  }
  for (const Failure& failure : failures) {
    text << "  FAILED, number " << failure.number << ": " << failure.reason << "\n";
  }
  text << "  longest " << longest_seconds << " s of the processor, largest process "
       << (peak_memory_bytes >> 20) << " MB\n";
  return text.str();
}

CaseSummary run_isolated(std::uint64_t first, std::uint64_t cases, std::uint64_t per_process,
                         const std::function<std::string(std::uint64_t)>& run_case,
                         double seconds) {
  void* shared =
      mmap(nullptr, sizeof(Board), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (shared == MAP_FAILED) {
    throw std::runtime_error("no shared memory");
  }
  auto* board = static_cast<Board*>(shared);
  CaseSummary summary;
  const std::uint64_t end = first + cases;
  for (std::uint64_t next = first; next < end;) {
    *board = Board{};
    board->number = next;
    const pid_t child = fork();
    if (child == 0) {
      work(*board, std::min(next + per_process, end), seconds, run_case);
    }
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child) {
      throw std::runtime_error("no process for the cases");
    }
    collect(*board, summary);
    const std::string reason = fate(*board, status);
    next = board->number;
    if (!reason.empty()) {
      if (summary.failures.size() < kKeptFailures) {
        summary.failures.push_back({next, reason});
      }
      ++summary.outcomes["failed"];
      ++next;
    }
  }
  munmap(shared, sizeof(Board));
  return summary;
}

}  // namespace airnn::test
