import assert from 'node:assert/strict';
import { testPlace, testPlaceText } from '../../../../src/chat/quickPrompts/testPlace.ts';
import { eachPlaceCase, type PlaceCase } from './support/placeCases.ts';
import { project } from './support/project.ts';

const places: PlaceCase[] = [
  [
    'beside the file, as the others',
    {
      'package.json': '{"devDependencies":{"vitest":"1"}}',
      'src/a.ts': '',
      'src/a.test.ts': '',
      'src/b.ts': '',
    },
    'src/b.ts',
    { framework: 'Vitest', path: 'src/b.test.ts', exists: false, example: 'src/a.test.ts' },
  ],
  [
    'in a mirrored folder',
    [
      'package.json',
      'src/chat/a.ts',
      'test/unit/chat/a.test.ts',
      'test/unit/support/b.ts',
      'src/api/deep/b.ts',
    ],
    'src/api/deep/b.ts',
    { path: 'test/unit/api/deep/b.test.ts', exists: false, example: 'test/unit/chat/a.test.ts' },
  ],
  [
    'in __tests__ of each folder',
    {
      'package.json': '{"jest":{}}',
      'src/x/a.tsx': '',
      'src/x/__tests__/a.spec.tsx': '',
      'src/y/b.tsx': '',
    },
    'src/y/b.tsx',
    { framework: 'Jest', path: 'src/y/__tests__/b.spec.tsx' },
  ],
  [
    'in the package that the file is of',
    [
      'package.json',
      'packages/a/package.json',
      'packages/a/src/a.ts',
      'packages/a/test/a.test.ts',
      'packages/b/src/b.ts',
    ],
    'packages/b/src/b.ts',
    { path: 'packages/b/test/b.test.ts' },
  ],
  [
    'as those for files nearby',
    [
      'a/src/x.ts',
      'a/src/x.test.ts',
      'b/src/y.ts',
      'b/test/y.spec.ts',
      'c/src/v.ts',
      'c/src/v.test.ts',
      'b/src/z.ts',
    ],
    'b/src/z.ts',
    { path: 'b/test/z.spec.ts' },
  ],
  [
    'in a folder of tests that are called as what they test',
    { 'package.json': '{"scripts":{"test":"mocha"}}', 'lib/a.js': '', 'test/a.js': '', 'lib/b.js': '' },
    'lib/b.js',
    { framework: 'Mocha', path: 'test/b.js', example: 'test/a.js' },
  ],
  [
    'in the test file that is there',
    { 'package.json': '{}', 'src/a.ts': '', 'test/a.spec.ts': "import test from 'node:test';" },
    'src/a.ts',
    { framework: 'Node’s test runner (node:test)', path: 'test/a.spec.ts', exists: true },
  ],
  [
    'told by no test of which nobody can tell what it tests',
    ['package.json', 'a/x.ts', 'b/x.ts', 'test/x.test.ts', 'a/y.ts'],
    'a/y.ts',
    { path: 'test/a/y.test.ts', example: 'test/x.test.ts' },
  ],
  [
    'in the file itself if it is a test',
    ['src/a.ts', 'src/a.test.ts', 'src/b.test.ts'],
    'src/b.test.ts',
    { path: 'src/b.test.ts', exists: true },
  ],
  [
    'beside a file of a project without tests',
    { 'package.json': '{"devDependencies":{"vitest":"1"}}', 'src/a.ts': '' },
    'src/a.ts',
    { framework: 'Vitest', path: 'src/a.test.ts', exists: false },
  ],
  [
    'in the folder that is there for tests',
    { 'package.json': '{"scripts":{"test":"node --test"}}', 'src/x/a.ts': '', 'test/fixtures/a.json': '' },
    'src/x/a.ts',
    { framework: 'Node’s test runner (node:test)', path: 'test/x/a.test.ts' },
  ],
  [
    'in a script for a component',
    ['package.json', 'src/A.vue', 'src/b.ts', 'src/b.test.ts'],
    'src/A.vue',
    { path: 'src/A.test.ts' },
  ],
  [
    'of end-to-end tests by what the example says, not the manifest',
    {
      'package.json': '{"devDependencies":{"vitest":"1","@playwright/test":"1"}}',
      'src/a.ts': '',
      'tests/a.spec.ts': "import { test } from '@playwright/test';",
      'src/b.ts': '',
    },
    'src/b.ts',
    { framework: 'Playwright Test', path: 'tests/b.spec.ts' },
  ],
  [
    'in tests, for Python',
    { 'pyproject.toml': '[tool.pytest.ini_options]', 'pkg/__init__.py': '', 'pkg/sub/mod.py': '' },
    'pkg/sub/mod.py',
    { framework: 'pytest', path: 'tests/test_mod.py' },
  ],
  [
    'as the other tests, for Python',
    { 'pkg/a.py': '', 'pkg/tests/a_test.py': 'import unittest\n', 'pkg/b.py': '', 'setup.py': '' },
    'pkg/b.py',
    { framework: 'unittest', path: 'pkg/tests/b_test.py', example: 'pkg/tests/a_test.py' },
  ],
  [
    'of its tests though none is for a file, for Python',
    { 'app.py': '', 'tests/test_api.py': 'def test_x():\n  pass\n', 'db.py': '' },
    'db.py',
    { framework: 'pytest', path: 'tests/test_db.py', example: 'tests/test_api.py' },
  ],
  [
    'beside the file, for Go',
    { 'go.mod': 'require github.com/stretchr/testify v1', 'a/b.go': '' },
    'a/b.go',
    { framework: 'go test, with testify', path: 'a/b_test.go' },
  ],
  [
    'in src/test, for Java',
    { 'pom.xml': '<artifactId>junit-jupiter</artifactId>', 'src/main/java/com/x/Latest.java': '' },
    'src/main/java/com/x/Latest.java',
    { framework: 'JUnit 5', path: 'src/test/java/com/x/LatestTest.java', exists: false },
  ],
  [
    'as the other tests, for Kotlin',
    [
      'build.gradle.kts',
      'app/src/main/kotlin/A.kt',
      'app/src/test/kotlin/ASpec.kt',
      'core/src/main/kotlin/x/B.kt',
    ],
    'core/src/main/kotlin/x/B.kt',
    { path: 'core/src/test/kotlin/x/BSpec.kt' },
  ],
  [
    'in the project of its tests, for C#',
    ['Shop/Shop.csproj', 'Shop/Carts/Cart.cs'],
    'Shop/Carts/Cart.cs',
    { framework: 'xUnit', path: 'Shop.Tests/Carts/CartTests.cs' },
  ],
  [
    'of the framework that the tests have, for C#',
    {
      'Shop/Shop.csproj': '',
      'Shop/Cart.cs': '',
      'Shop.UnitTests/CartTest.cs': 'using NUnit.Framework;',
      'Shop/A/Item.cs': '',
    },
    'Shop/A/Item.cs',
    { framework: 'NUnit', path: 'Shop.UnitTests/A/ItemTest.cs' },
  ],
  [
    'in spec, for Ruby',
    { Gemfile: "gem 'rspec'", 'lib/x/a.rb': '', 'spec/spec_helper.rb': '' },
    'lib/x/a.rb',
    { framework: 'RSpec', path: 'spec/x/a_spec.rb' },
  ],
  [
    'in tests, for PHP',
    { 'composer.json': '{"require-dev":{"phpunit/phpunit":"1"}}', 'src/Cart/Item.php': '' },
    'src/Cart/Item.php',
    { framework: 'PHPUnit', path: 'tests/Cart/ItemTest.php' },
  ],
  [
    'in a script, for Elixir',
    ['mix.exs', 'lib/shop/cart.ex'],
    'lib/shop/cart.ex',
    { path: 'test/shop/cart_test.exs' },
  ],
  [
    'in test, for C++',
    ['CMakeLists.txt', 'src/latest.h', 'test/main.cc'],
    'src/latest.h',
    { path: 'test/latest_test.cpp' },
  ],
];

describe('the place of tests is', () => {
  eachPlaceCase(places);

  it('not known for other languages, and for files without a name', async () => {
    for (const source of ['a.txt', 'Makefile', '.ts', 'a/.py'])
      assert.equal(await testPlace(source, project([source])), undefined, source);
  });

  it('told in words', async () => {
    const found = await testPlace('b.ts', project(['a.ts', 'a.test.ts', 'b.ts']));
    assert.ok(found);
    assert.equal(
      testPlaceText(found),
      'the framework is Node’s test runner (node:test); they belong into the new file `b.test.ts`; `a.test.ts` is an example of the project’s tests',
    );
  });

  it('found among many files whose names are alike', async () => {
    const paths = Array.from({ length: 3000 }, (_, i) => [
      `src/p${i}/index.ts`,
      `src/p${i}/index.test.ts`,
    ]).flat();
    const place = await testPlace('src/new/index.ts', project([...paths, 'src/new/index.ts']));
    assert.equal(place?.path, 'src/new/index.test.ts');
    assert.equal(place?.exists, false);
  });
});
