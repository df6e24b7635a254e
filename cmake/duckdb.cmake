# DuckDB, the database of the ledger: shared library and C header in .packages/, see .ci/npm-packages.
# The program finds the library where it lies: CMake writes its folder into the program's run path.
set(DUCKDB_FOLDER ${PROJECT_SOURCE_DIR}/.packages)
execute_process(COMMAND ${PROJECT_SOURCE_DIR}/.ci/fetch-packages RESULT_VARIABLE fetched)
if(NOT fetched EQUAL 0)
  message(FATAL_ERROR "DuckDB could not be fetched: .ci/fetch-packages says why")
endif()
add_library(duckdb SHARED IMPORTED GLOBAL)
set_target_properties(duckdb PROPERTIES IMPORTED_LOCATION ${DUCKDB_FOLDER}/libduckdb.so
  IMPORTED_NO_SONAME ON INTERFACE_INCLUDE_DIRECTORIES ${DUCKDB_FOLDER})
