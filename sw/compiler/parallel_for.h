// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>

namespace airnn {

/// Calls task(0) .. task(count-1), in order of their start, on up to `threads` threads. If tasks
/// throw, the exception of the first of them in order is thrown when all have ended.
void parallel_for(std::size_t count, int threads, const std::function<void(std::size_t)>& task);

}  // namespace airnn
