/** What the name of a test file has beside the name of what it tests. */
export interface TestAffix {
  readonly prefix: string;
  readonly suffix: string;
}

/** A test framework, as a model shall call it, and what shows that a project has it. */
interface FrameworkRule {
  readonly name: string;
  /** In a test. */
  readonly inTest?: RegExp;
  /** In a manifest; the path of any file of the project counts as a line of one. */
  readonly inManifest?: RegExp;
}

/** How tests are found in the languages that end like this. */
export interface TestLanguage {
  /** Of the file's name, with the dot. */
  readonly ending: RegExp;
  /** The name of a test file without its ending, in three groups: prefix, what it tests, suffix. */
  readonly testName: RegExp;
  /** Names of folders in which a file is a test whatever its name. */
  readonly testFolder?: RegExp;
  /** Only files below a folder of such a name are tests. */
  readonly onlyBelow?: RegExp;
  /** Tests below a folder of such a name are for all of the project, and tell nothing of those for its files. */
  readonly apart?: RegExp;
  /** Name of a test file for all files beside it. */
  readonly forFolder?: string;
  /** Files that tell which framework there is; the folder of the nearest one is the root of the project. */
  readonly manifest: RegExp;
  /** The first one that is found counts; the last one is taken where none is. */
  readonly frameworks: readonly FrameworkRule[];
  /** What a test is called where the project has none. */
  readonly affix: TestAffix;
  /** Folders below the root for tests where the project has none: the first that exists; beside the file if none does. */
  readonly folders: readonly string[];
  /** Tests are put into the first of these folders although it does not exist. */
  readonly makesFolder?: boolean;
  /** All tests are in that folder itself. */
  readonly isFlat?: boolean;
  /** Tests of `src/main` are in `src/test`. */
  readonly hasMain?: boolean;
  /** Tests are a project of their own, beside the one they are for, with this at the end of its name. */
  readonly projectSuffix?: string;
  /** Ending of the tests where it is another. */
  readonly testEnding?: string;
}

const suffixed = (suffix: string): TestAffix => ({ prefix: '', suffix });
const classTest = /^(Test)?([A-Z].*?)(Tests?|IT|Spec|TestCase)?$/;

/** What is known of the tests of each language. */
export const testLanguages: readonly TestLanguage[] = [
  {
    ending: /\.(?:[cm]?[jt]sx?|vue|svelte)$/,
    testName: /^()(.+?)([._-](?:test|spec))$/,
    testFolder: /^(?:__tests__|tests?|specs?)$/,
    apart: /^(?:e2e|cypress|playwright)$/i,
    forFolder: 'test',
    manifest: /^(?:package\.json|deno\.jsonc?|bunfig\.toml)$/,
    frameworks: [
      { name: 'Vitest', inTest: /['"]vitest['"]/ },
      { name: 'Bun’s test runner (bun:test)', inTest: /['"]bun:test['"]/ },
      { name: 'Node’s test runner (node:test)', inTest: /['"]node:test['"]/ },
      { name: 'Playwright Test', inTest: /['"]@playwright\/test['"]/ },
      { name: 'AVA', inTest: /from ['"]ava['"]|require\(['"]ava['"]\)/ },
      { name: 'Jest', inTest: /['"]@jest\/globals['"]|\bjest\.(?:fn|mock|spyOn)\b/ },
      { name: 'Deno.test', inTest: /\bDeno\.test\(/ },
      { name: 'Vitest', inManifest: /"vitest"|"[^"]*\bvitest\b[^"]*"/ },
      { name: 'Jest', inManifest: /"(?:ts-)?jest"|"react-scripts"|"[^"]*\bjest\b[^"]*"/ },
      { name: 'Mocha', inManifest: /"mocha"|"[^"]*\bmocha\b[^"]*"/ },
      { name: 'AVA', inManifest: /"ava"/ },
      { name: 'Jasmine', inManifest: /"jasmine(?:-core)?"/ },
      { name: 'node-tap', inManifest: /"tap"/ },
      { name: 'Bun’s test runner (bun:test)', inManifest: /"[^"]*\bbun test\b/ },
      { name: 'Node’s test runner (node:test)', inManifest: /"[^"]*\bnode\b[^"]* --test\b/ },
      { name: 'Playwright Test', inManifest: /"@playwright\/test"/ },
      { name: 'Deno.test', inManifest: /(?:^|\/)deno\.jsonc?$/m },
      { name: 'Node’s test runner (node:test)' },
    ],
    affix: suffixed('.test'),
    folders: ['test', 'tests', '__tests__'],
  },
  {
    ending: /\.py$/,
    testName: /^(test_)?(.+?)(_test)?$/,
    forFolder: 'tests',
    manifest:
      /^(?:pyproject\.toml|setup\.(?:py|cfg)|tox\.ini|pytest\.ini|conftest\.py|requirements[\w.-]*\.txt|manage\.py)$/,
    frameworks: [
      { name: 'pytest', inTest: /^\s*(?:import pytest|from pytest)\b/m },
      // Tests of pytest have the mocks of unittest, too.
      { name: 'unittest', inTest: /TestCase\b/ },
      { name: 'pytest', inTest: /^(?:async )?def test_|^class Test\w*(?:\(\))?:/m },
      { name: 'unittest', inTest: /^\s*(?:import|from) unittest\b/m },
      { name: 'pytest', inManifest: /\bpytest\b|(?:^|\/)conftest\.py$/m },
      { name: 'unittest' },
    ],
    affix: { prefix: 'test_', suffix: '' },
    folders: ['tests', 'test'],
    makesFolder: true,
    isFlat: true,
  },
  {
    ending: /\.go$/,
    testName: /^()(.+)(_test)$/,
    manifest: /^go\.mod$/,
    frameworks: [
      { name: 'go test, with testify', inManifest: /stretchr\/testify/ },
      { name: 'go test, with Ginkgo', inManifest: /onsi\/ginkgo/ },
      { name: 'go test' },
    ],
    affix: suffixed('_test'),
    folders: [],
  },
  {
    ending: /\.(?:java|kt|scala|groovy)$/,
    testName: classTest,
    onlyBelow: /tests?$/i,
    manifest: /^(?:pom\.xml|build\.gradle(?:\.kts)?|build\.sbt|libs\.versions\.toml)$/,
    frameworks: [
      { name: 'JUnit 5', inTest: /org\.junit\.jupiter/ },
      { name: 'JUnit 4', inTest: /org\.junit\.Test\b/ },
      { name: 'TestNG', inTest: /org\.testng/ },
      { name: 'Kotest', inTest: /io\.kotest/ },
      { name: 'ScalaTest', inTest: /org\.scalatest/ },
      { name: 'Spock', inTest: /spock\.lang/ },
      { name: 'JUnit 5', inManifest: /junit-jupiter|junit\.jupiter|useJUnitPlatform/ },
      { name: 'TestNG', inManifest: /\btestng\b/ },
      { name: 'ScalaTest', inManifest: /\bscalatest\b/ },
      { name: 'Kotest', inManifest: /\bkotest\b/ },
      { name: 'JUnit 4', inManifest: /\bjunit:junit\b|<artifactId>junit</ },
      { name: 'JUnit 5' },
    ],
    affix: suffixed('Test'),
    folders: [],
    hasMain: true,
  },
  {
    ending: /\.cs$/,
    testName: classTest,
    onlyBelow: /tests?$/i,
    manifest: /\.csproj$|^Directory\.(?:Packages|Build)\.props$/,
    frameworks: [
      { name: 'xUnit', inTest: /^\s*using Xunit\b/m },
      { name: 'NUnit', inTest: /^\s*using NUnit\b/m },
      { name: 'MSTest', inTest: /^\s*using Microsoft\.VisualStudio\.TestTools\b/m },
      { name: 'NUnit', inManifest: /"nunit"/i },
      { name: 'MSTest', inManifest: /"mstest(?:\.\w+)?"/i },
      { name: 'xUnit' },
    ],
    affix: suffixed('Tests'),
    folders: [],
    projectSuffix: '.Tests',
  },
  {
    ending: /\.rb$/,
    testName: /^(test_)?(.+?)(_spec|_test)?$/,
    manifest: /^(?:Gemfile|\.rspec|[\w-]+\.gemspec)$/,
    frameworks: [
      { name: 'RSpec', inTest: /\bRSpec\b|^\s*describe\b/m },
      { name: 'minitest', inTest: /\b(?:Minitest|ActiveSupport::TestCase)\b/i },
      { name: 'RSpec', inManifest: /\brspec\b/ },
      { name: 'minitest' },
    ],
    affix: suffixed('_test'),
    folders: ['test', 'spec'],
    makesFolder: true,
  },
  {
    ending: /\.php$/,
    testName: classTest,
    onlyBelow: /tests?$/i,
    manifest: /^(?:composer\.json|phpunit\.xml(?:\.dist)?)$/,
    frameworks: [
      { name: 'PHPUnit', inTest: /PHPUnit\\Framework|extends TestCase/ },
      { name: 'Pest', inTest: /^\s*(?:it|test)\(/m },
      { name: 'Pest', inManifest: /"pestphp\/pest"/ },
      { name: 'PHPUnit' },
    ],
    affix: suffixed('Test'),
    folders: ['tests', 'test'],
    makesFolder: true,
  },
  {
    ending: /\.dart$/,
    testName: /^()(.+)(_test)$/,
    manifest: /^pubspec\.yaml$/,
    frameworks: [{ name: 'flutter_test', inManifest: /\bflutter_test\b/ }, { name: 'package:test' }],
    affix: suffixed('_test'),
    folders: ['test'],
    makesFolder: true,
  },
  {
    ending: /\.exs?$/,
    testName: /^()(.+)(_test)$/,
    manifest: /^mix\.exs$/,
    frameworks: [{ name: 'ExUnit' }],
    affix: suffixed('_test'),
    folders: ['test'],
    makesFolder: true,
    testEnding: '.exs',
  },
  {
    ending: /\.swift$/,
    testName: classTest,
    onlyBelow: /tests?$/i,
    manifest: /^Package\.swift$/,
    frameworks: [{ name: 'Swift Testing', inTest: /^\s*import Testing\b/m }, { name: 'XCTest' }],
    affix: suffixed('Tests'),
    folders: ['Tests'],
  },
  {
    ending: /\.(?:c|cc|cpp|cxx|h|hh|hpp|hxx)$/,
    testName: /^(test_)?(.+?)([_-](?:unit)?[Tt]ests?|Tests?)?$/,
    manifest: /^(?:CMakeLists\.txt|meson\.build|conanfile\.(?:txt|py)|vcpkg\.json)$/,
    frameworks: [
      { name: 'GoogleTest', inTest: /gtest\/gtest\.h/ },
      { name: 'Catch2', inTest: /catch2?\/|catch\.hpp/ },
      { name: 'doctest', inTest: /doctest/ },
      { name: 'Catch2', inManifest: /catch2/i },
      { name: 'doctest', inManifest: /doctest/i },
      { name: 'GoogleTest' },
    ],
    affix: suffixed('_test'),
    folders: ['test', 'tests'],
  },
];
