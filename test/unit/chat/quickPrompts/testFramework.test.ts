import { eachPlaceCase, type PlaceCase } from './support/placeCases.ts';

const both = '{"devDependencies":{"vitest":"1","@playwright/test":"1"}}';
const endToEnd = "import { test } from '@playwright/test';";

const cases: PlaceCase[] = [
  [
    'those of pytest though they have the mocks of unittest, for Python',
    { 'a.py': '', 'tests/test_b.py': 'from unittest.mock import patch\n\ndef test_x():\n  pass\n' },
    'a.py',
    { framework: 'pytest', path: 'tests/test_a.py' },
  ],
  [
    'those of unittest whatever the module has beside, for Python',
    {
      'a.py': '',
      'pyproject.toml': '[tool.pytest.ini_options]',
      'tests/test_b.py': 'from django.test import SimpleTestCase\n\nclass TestB(SimpleTestCase):\n  pass\n',
    },
    'a.py',
    { framework: 'unittest' },
  ],
  [
    'those of the framework of its package, whatever the packages around it have',
    {
      'package.json': '{"devDependencies":{"vitest":"1"}}',
      'packages/a/package.json': '{"devDependencies":{"mocha":"1"}}',
      'packages/a/src/a.ts': '',
    },
    'packages/a/src/a.ts',
    { framework: 'Mocha', path: 'packages/a/src/a.test.ts' },
  ],
  [
    'those of the framework of the whole project where the package names none',
    {
      'package.json': '{"devDependencies":{"vitest":"1"}}',
      'packages/a/package.json': '{"name":"a"}',
      'packages/a/src/a.ts': '',
    },
    'packages/a/src/a.ts',
    { framework: 'Vitest' },
  ],
  [
    'not those of the end-to-end tests that it has alone',
    { 'package.json': both, 'e2e/login.spec.ts': endToEnd, 'src/a.ts': '' },
    'src/a.ts',
    { framework: 'Vitest', path: 'src/a.test.ts', exists: false },
  ],
  [
    'those of the end-to-end tests where those are meant',
    { 'package.json': both, 'e2e/login.spec.ts': endToEnd, 'e2e/pages.ts': '' },
    'e2e/pages.ts',
    { framework: 'Playwright Test', path: 'e2e/pages.spec.ts', example: 'e2e/login.spec.ts' },
  ],
  [
    'part of the one file for all of a folder, for Python',
    {
      'manage.py': '',
      'shop/models.py': '',
      'shop/tests.py': 'from django.test import TestCase',
      'cart/tests.py': '',
    },
    'shop/models.py',
    { framework: 'unittest', path: 'shop/tests.py', exists: true },
  ],
  [
    'part of the one file for all of a folder, for JavaScript',
    { 'package.json': '{}', 'index.js': '', 'test.js': "import test from 'ava';" },
    'index.js',
    { framework: 'AVA', path: 'test.js', exists: true },
  ],
  [
    'no part of a file that only has such a name',
    { 'package.json': '{}', 'src/main.ts': '', 'src/test.ts': '', 'src/a.ts': '', 'src/a.spec.ts': '' },
    'src/main.ts',
    { path: 'src/main.spec.ts', exists: false },
  ],
];

describe('the tests of a project are taken for', () => {
  eachPlaceCase(cases);
});
