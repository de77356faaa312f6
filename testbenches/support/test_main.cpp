// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <iostream>
#include <string>
#include <vector>

namespace {

std::vector<std::string> all_tests() {
  std::vector<std::string> names;
  const auto& unit = *testing::UnitTest::GetInstance();
  for (int s = 0; s < unit.total_test_suite_count(); ++s) {
    const auto& suite = *unit.GetTestSuite(s);
    for (int t = 0; t < suite.total_test_count(); ++t) {
      names.push_back(std::string(suite.name()) + "." + suite.GetTestInfo(t)->name());
    }
  }
  return names;
}

bool run_alone(const char* program, const std::string& test) {
  const pid_t child = fork();
  if (child == 0) {
    const std::string filter = "--gtest_filter=" + test;
    execl(program, program, filter.c_str(), "--gtest_brief=1", nullptr);
    _exit(127);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

// A process can elaborate one SystemC simulation only. ctest starts each case by itself; called by
// hand without a filter, the program does the same.
int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  if (testing::GTEST_FLAG(filter) != "*" || testing::GTEST_FLAG(list_tests)) {
    return RUN_ALL_TESTS();
  }
  int failures = 0;
  for (const std::string& test : all_tests()) {
    failures += run_alone("/proc/self/exe", test) ? 0 : 1;
  }
  std::cout << (failures == 0 ? "all tests passed" : std::to_string(failures) + " tests failed")
            << '\n';
  return failures == 0 ? 0 : 1;
}
