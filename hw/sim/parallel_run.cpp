// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/parallel_run.h"

#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <string>
#include <system_error>

#include "hw/sim/record_codec.h"

namespace airnn {

namespace {

// A worker sends messages of one kind byte, eight bytes of length, and content.
enum class Message : std::uint8_t { input_done, record, failure };
constexpr std::size_t kHeadBytes = 9;

struct Worker {
  pid_t process = -1;
  int pipe = -1;
  std::uint32_t finished = 0;
  std::vector<std::uint8_t> received;
  bool has_record = false;
  RunRecord record;
  std::string failure;
};

void send(int pipe, Message kind, const std::uint8_t* content, std::size_t size) {
  std::vector<std::uint8_t> bytes(kHeadBytes + size);
  bytes[0] = static_cast<std::uint8_t>(kind);
  store_little_endian(&bytes[1], size, 8);
  std::copy_n(content, size, bytes.begin() + kHeadBytes);
  std::size_t sent = 0;
  while (sent < bytes.size()) {
    const ssize_t count = write(pipe, &bytes[sent], bytes.size() - sent);
    if (count < 0 && errno != EINTR) {
      _exit(1);  // nobody listens any more
    }
    sent += static_cast<std::size_t>(std::max<ssize_t>(count, 0));
  }
}

/// One part of the inputs, in this process.
RunRecord simulate(const AcceleratorParams& params, const MemoryImage& image,
                   const ParallelRun& run, std::uint32_t first, std::uint32_t count,
                   const std::function<void()>& finished) {
  std::uint32_t next = first;
  const auto source = [&](std::vector<std::int32_t>& map) {
    if (next == first + count || (run.stop && run.stop())) {
      return false;
    }
    map = run.input(next++);
    return true;
  };
  SimulationOptions options;
  options.monitors = run.monitors;
  options.faults = run.faults;
  options.watchdog_cycles = run.watchdog_cycles;
  options.on_command = run.on_command;
  options.timeline = run.timeline;
  options.wave = run.wave;
  options.on_input = [&finished](const InputRecord&) { finished(); };
  AcceleratorParams machine = params;
  machine.first_input = run.first + first;
  Simulation simulation(machine, image, source, options);
  return simulation.run();
}

[[noreturn]] void work(const AcceleratorParams& params, const MemoryImage& image,
                       const ParallelRun& run, std::uint32_t first, std::uint32_t count, int pipe) {
  try {
    const RunRecord record = simulate(params, image, run, first, count,
                                      [pipe] { send(pipe, Message::input_done, nullptr, 0); });
    const std::vector<std::uint8_t> bytes = encode_record(record);
    send(pipe, Message::record, bytes.data(), bytes.size());
  } catch (const std::exception& error) {
    send(pipe, Message::failure, reinterpret_cast<const std::uint8_t*>(error.what()),
         std::strlen(error.what()));
  }
  // No destructors and no buffers of the parent's: they are the parent's.
  _exit(0);
}

void take_messages(Worker& worker) {
  std::size_t at = 0;
  std::vector<std::uint8_t>& bytes = worker.received;
  while (bytes.size() - at >= kHeadBytes) {
    const std::uint64_t size = load_little_endian(&bytes[at + 1], 8);
    if (bytes.size() - at - kHeadBytes < size) {
      break;
    }
    const auto content = bytes.begin() + static_cast<std::ptrdiff_t>(at + kHeadBytes);
    const auto end = content + static_cast<std::ptrdiff_t>(size);
    switch (static_cast<Message>(bytes[at])) {
      case Message::input_done:
        ++worker.finished;
        break;
      case Message::record:
        worker.record = decode_record({content, end});
        worker.has_record = true;
        break;
      case Message::failure:
        worker.failure.assign(content, end);
        break;
    }
    at += kHeadBytes + size;
  }
  bytes.erase(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(at));
}

/// Reads what a worker has to say; closes the pipe at its end.
void receive(Worker& worker) {
  std::uint8_t buffer[65536];
  const ssize_t count = read(worker.pipe, buffer, sizeof buffer);
  if (count > 0) {
    worker.received.insert(worker.received.end(), buffer, buffer + count);
    take_messages(worker);
  } else if (count == 0) {
    close(worker.pipe);
    worker.pipe = -1;
  }
}

void listen(std::vector<Worker>& workers, const ParallelRun& run) {
  bool stopping = false;
  while (true) {
    std::vector<pollfd> pipes;
    std::vector<Worker*> open;
    std::uint32_t finished = 0;
    for (Worker& worker : workers) {
      finished += worker.finished;
      if (worker.pipe >= 0) {
        pipes.push_back({worker.pipe, POLLIN, 0});
        open.push_back(&worker);
      }
    }
    if (run.progress) {
      run.progress(finished);
    }
    if (!stopping && run.stop && run.stop()) {
      stopping = true;
      for (const Worker& worker : workers) {
        kill(worker.process, SIGINT);
      }
    }
    if (pipes.empty()) {
      return;
    }
    if (poll(pipes.data(), pipes.size(), -1) < 0) {
      continue;  // a signal
    }
    for (std::size_t i = 0; i < pipes.size(); ++i) {
      if (pipes[i].revents != 0) {
        receive(*open[i]);
      }
    }
  }
}

std::uint64_t peak_memory(int who) {
  rusage usage{};
  getrusage(who, &usage);
  return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
}

ParallelResult run_alone(const AcceleratorParams& params, const MemoryImage& image,
                         const ParallelRun& run) {
  std::uint32_t finished = 0;
  ParallelResult result;
  result.record = simulate(params, image, run, 0, run.count, [&] {
    ++finished;
    if (run.progress) {
      run.progress(finished);
    }
  });
  result.peak_memory_bytes = peak_memory(RUSAGE_SELF);
  return result;
}

}  // namespace

ParallelResult run_parallel(const AcceleratorParams& params, const MemoryImage& image,
                            const ParallelRun& run) {
  const std::uint32_t jobs = std::max(1U, std::min(run.jobs, run.count));
  if (jobs == 1 && !run.apart) {
    return run_alone(params, image, run);
  }
  std::vector<Worker> workers(jobs);
  for (std::uint32_t j = 0; j < jobs; ++j) {
    const auto first = static_cast<std::uint32_t>(std::uint64_t{run.count} * j / jobs);
    const auto end = static_cast<std::uint32_t>(std::uint64_t{run.count} * (j + 1) / jobs);
    int ends[2] = {-1, -1};
    if (pipe(ends) != 0) {
      throw std::system_error(errno, std::generic_category(), "pipe");
    }
    workers[j].process = fork();
    if (workers[j].process < 0) {
      throw std::system_error(errno, std::generic_category(), "fork");
    }
    if (workers[j].process == 0) {
      close(ends[0]);
      setpgid(0, 0);  // Ctrl-C reaches the parent only, which passes it on
      work(params, image, run, first, end - first, ends[1]);
    }
    close(ends[1]);
    workers[j].pipe = ends[0];
  }
  listen(workers, run);

  ParallelResult result;
  bool complete = true;
  for (std::uint32_t j = 0; j < jobs; ++j) {
    int status = 0;
    waitpid(workers[j].process, &status, 0);
    if (!workers[j].failure.empty()) {
      throw SimulationError(workers[j].failure);
    }
    if (!workers[j].has_record) {
      throw std::runtime_error("a worker process ended without a result");
    }
    // After a stop, what follows a gap does not belong to the record.
    if (j == 0) {
      result.record = std::move(workers[j].record);
    } else if (complete) {
      result.record.merge(workers[j].record);
    }
    const std::uint64_t due = std::uint64_t{run.count} * (j + 1) / jobs;
    complete = result.record.inputs.size() == due;
  }
  result.peak_memory_bytes = std::max(peak_memory(RUSAGE_SELF), peak_memory(RUSAGE_CHILDREN));
  return result;
}

}  // namespace airnn
