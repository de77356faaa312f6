// SPDX-License-Identifier: Apache-2.0
//
// The table of airnn_rtl.h for a model that Verilator made. `airnn rtl build` compiles it with the
// model (prefix Vairnn_rtl) and with airnn_rtl_pins.h, which it writes: AIRNN_RTL_UNIT,
// AIRNN_RTL_TOP, and AIRNN_RTL_PINS(PIN), which is PIN(name, width, is_output) for every pin.
#include <airnn_rtl.h>
#include <airnn_rtl_pins.h>
#include <verilated.h>

#include <cstdio>
#include <memory>
#include <new>
#include <string>
#include <vector>

#include <Vairnn_rtl.h>

namespace {

constexpr int kRandomValues = 2;

struct Model {
  Model(const char* name, std::uint64_t seed) {
    context.randReset(seed == 0 ? 0 : kRandomValues);
    // Verilator takes seeds of 31 bits, of which 0 means another for each process.
    context.randSeed(static_cast<int>(seed % 0x7FFFFFFEU) + 1);
    top = std::make_unique<Vairnn_rtl>(&context, name);
#define AIRNN_RTL_PIN(pin, width, is_output) pins.push_back({#pin, width, is_output, &top->pin});
    AIRNN_RTL_PINS(AIRNN_RTL_PIN)
#undef AIRNN_RTL_PIN
  }

  VerilatedContext context;
  std::unique_ptr<Vairnn_rtl> top;
  std::vector<airnn_rtl_pin> pins;
  std::string failure;
};

/// Whose eval() runs; Verilator's handlers know no model.
thread_local Model* evaluated = nullptr;

void fail(const std::string& what) {
  if (evaluated != nullptr && evaluated->failure.empty()) {
    evaluated->failure = what;
  }
}

std::string place(const char* file, int line) {
  return std::string(file != nullptr ? file : "?") + ":" + std::to_string(line);
}

void* create(const char* name, std::uint64_t seed) {
  return new (std::nothrow) Model(name, seed);
}

const airnn_rtl_pin* pins_of(void* model, std::uint32_t* count) {
  const std::vector<airnn_rtl_pin>& pins = static_cast<Model*>(model)->pins;
  *count = static_cast<std::uint32_t>(pins.size());
  return pins.data();
}

void eval(void* model, std::uint64_t time_ps) {
  Model& self = *static_cast<Model*>(model);
  evaluated = &self;
  self.context.time(time_ps);
  self.top->eval();
  evaluated = nullptr;
}

const char* failed(void* model) {
  const std::string& failure = static_cast<Model*>(model)->failure;
  return failure.empty() ? nullptr : failure.c_str();
}

void destroy(void* model) {
  Model* const self = static_cast<Model*>(model);
  self->top->final();
  delete self;
}

constexpr airnn_rtl_table kTable = {
    AIRNN_RTL_ABI, AIRNN_RTL_UNIT, AIRNN_RTL_TOP, VERILATOR_PRODUCT " " VERILATOR_VERSION,
    create,        pins_of,        eval,          failed,
    destroy};

}  // namespace

// What Verilator calls instead of ending the process (VL_USER_STOP, VL_USER_FINISH, VL_USER_FATAL).
void vl_stop(const char* file, int line, const char* /*scope*/) VL_MT_UNSAFE {
  fail(place(file, line) + ": an assertion or $stop");
}
void vl_finish(const char* file, int line, const char* /*scope*/) VL_MT_UNSAFE {
  fail(place(file, line) + ": $finish");
}
void vl_fatal(const char* file, int line, const char* /*scope*/, const char* what) VL_MT_UNSAFE {
  fail(place(file, line) + ": " + (what != nullptr && *what != '\0' ? what : "$fatal"));
}

extern "C" __attribute__((visibility("default"))) const airnn_rtl_table* airnn_rtl(void) {
  return &kTable;
}
