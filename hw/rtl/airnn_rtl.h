/* SPDX-License-Identifier: Apache-2.0 */
/* What a library with a unit of the machine in RTL shows the simulator: one function, airnn_rtl(),
 * and the table that it returns. `airnn rtl build` makes such a library of SystemVerilog
 * (docs/rtl.md, which has the pins of each unit); anything else that fills the table will do. */
#ifndef AIRNN_RTL_H
#define AIRNN_RTL_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A simulator takes a library of the same number only. */
#define AIRNN_RTL_ABI 1u

/* A pin of the top module. Its bits lie at `data`, the lowest first: in one number of 8, 16, 32 or
 * 64 bits, the smallest that holds them, or in as many numbers of 32 bits as it takes. Bits above
 * the width are 0. */
struct airnn_rtl_pin {
  const char* name;
  uint32_t width;
  uint32_t is_output; /* 1 or 0 */
  void* data;
};

struct airnn_rtl_table {
  uint32_t abi;           /* AIRNN_RTL_ABI */
  const char* unit;       /* whose pins it has: "addresses" */
  const char* top;        /* name of the top module */
  const char* built_with; /* for messages: "Verilator 5.006" */

  /* A model of its own; null: there is no memory. `name` is what it calls itself in messages.
   * `seed`: what registers hold before the reset is drawn from it; 0: they hold 0. */
  void* (*create)(const char* name, uint64_t seed);
  /* All pins of a model, in any order; good until it is destroyed. */
  const struct airnn_rtl_pin* (*pins)(void* model, uint32_t* count);
  /* Works out all outputs and, if `clk` has risen since the last call, the next state. `time_ps`:
   * of the simulation, for messages of the RTL. */
  void (*eval)(void* model, uint64_t time_ps);
  /* Why the model cannot go on: a failed assertion, $fatal, $stop or $finish. Null: it can. */
  const char* (*failed)(void* model);
  void (*destroy)(void* model);
};

const struct airnn_rtl_table* airnn_rtl(void);

#ifdef __cplusplus
}
#endif
#endif
