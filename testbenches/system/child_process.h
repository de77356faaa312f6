// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

namespace airnn::test {

/// Runs `work` in a process of its own and gives back what it returns: a process can hold only one
/// simulation. Throws std::runtime_error with the child's message if the work throws.
std::vector<std::uint8_t> in_child(const std::function<std::vector<std::uint8_t>()>& work);

}  // namespace airnn::test
