# airnn_test(NAME [PURE] [THREADS] SOURCES ... LIBRARIES ... [TIMEOUT seconds])
# One executable of GoogleTest cases; ctest runs every case as a process of its own, which SystemC needs
# because a process can elaborate only one simulation. PURE: there is none in it. With sanitizers, where a
# process takes long to start, all its cases then share one. THREADS: the preset tsan runs it, too.
include(GoogleTest)
if(NOT TARGET threads)
  add_custom_target(threads COMMENT "What the preset tsan runs")
endif()
function(airnn_test NAME)
  cmake_parse_arguments(ARG "PURE;THREADS" "TIMEOUT" "SOURCES;LIBRARIES" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  if(AIRNN_SANITIZE OR CMAKE_BUILD_TYPE STREQUAL "Debug")
    math(EXPR ARG_TIMEOUT "5 * ${ARG_TIMEOUT}")
  endif()
  add_executable(${NAME} ${ARG_SOURCES})
  target_link_libraries(${NAME} PRIVATE ${ARG_LIBRARIES} GTest::gtest GTest::gmock airnn_test_main
                                        airnn_test_source_path airnn_warnings airnn_cold)
  set_target_properties(${NAME} PROPERTIES UNITY_BUILD ${AIRNN_UNITY_TESTS})
  set(labels)
  if(ARG_THREADS)
    set(labels LABELS threads)
    add_dependencies(threads ${NAME})
  endif()
  if(ARG_PURE AND AIRNN_SANITIZE)
    # Not the filter that the program takes for none, see test_main.cpp.
    add_test(NAME ${NAME} COMMAND ${NAME} --gtest_filter=*.*)
    set_tests_properties(${NAME} PROPERTIES TIMEOUT ${ARG_TIMEOUT} ${labels}
                                            SKIP_REGULAR_EXPRESSION "\\[  SKIPPED \\]")
  else()
    gtest_discover_tests(${NAME} DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60
                         PROPERTIES TIMEOUT ${ARG_TIMEOUT} ${labels})
  endif()
endfunction()
