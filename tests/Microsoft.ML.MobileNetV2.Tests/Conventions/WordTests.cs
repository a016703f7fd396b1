using System.Text.RegularExpressions;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Conventions;

/// <summary>Code and prose are in American English and in the words of the field, within identifiers too.</summary>
[TestClass]
public sealed class WordTests
{
    /// <summary>Words of other codebases or spellings, each with the usual one; the keys are parts of regular expressions.</summary>
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["pictur"] = "image",
        ["colour"] = "color",
        ["licence"] = "license",
        ["catalogue"] = "catalog",
        ["centre"] = "center",
        ["grey"] = "gray",
        ["behaviour"] = "behavior",
        ["favour"] = "favor",
        ["neighbour"] = "neighbor",
        ["cancell(?:ed|ing)"] = "canceled",
        ["labell(?:ed(?!by)|ing)"] = "labeled",
        ["modell(?:ed|ing)"] = "modeled",
        ["analys(?:ed?|ing)\\b"] = "analyze",
        ["artefact"] = "artifact",
        ["(?:custom|general|initial|maxim|minim|normal|optim|organ|quant|random|recogn|regular|serial|standard|summar|vector|visual)is(?:e|ing|ation)"] = "-ize",
    };

    /// <summary>Names that stand in users' files.</summary>
    private static readonly (string File, string Line)[] Exceptions = [("SavedOnnxModels.cs", "\"picture.shape\"")];

    private static readonly string[] Roots = ["src", "tests", "docs", "samples", "README.md", "CHANGELOG.md", "CONTRIBUTING.md"];

    private static readonly string[] Extensions = [".cs", ".csproj", ".md", ".props", ".proto", ".py", ".sh"];

    private static readonly Regex AnyWord = new(string.Join('|', Words.Keys), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    [TestMethod]
    public void CodeAndProse_AreInAmericanEnglish()
    {
        string[] files = [.. Roots.SelectMany(FilesOf).Where(path => Path.GetFileName(path) != $"{nameof(WordTests)}.cs")];

        string[] violations = [.. files.SelectMany(ViolationsIn)];

        Assert.IsGreaterThan(300, files.Length, "files that were read");
        Assert.IsEmpty(violations, string.Join(Environment.NewLine, violations));
    }

    [TestMethod]
    [DataRow("a colour")]
    [DataRow("IsNormalised")]
    [DataRow("drawPictures(")]
    public void AnyWord_IsFoundWithinIdentifiers(string text) => Assert.IsTrue(AnyWord.IsMatch(text));

    [TestMethod]
    [DataRow("OperationCanceledException, model, analysis, parallel, labeled, precise, ByModelLoad")]
    public void AnyWord_UsualWords_AreNotFound(string text)
        => Assert.IsFalse(AnyWord.IsMatch(text), AnyWord.Match(text).Value);

    private static IEnumerable<string> FilesOf(string root)
    {
        string path = Repository.PathOf(root);
        return File.Exists(path)
            ? [path]
            : Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Where(file => Extensions.Contains(Path.GetExtension(file)));
    }

    private static IEnumerable<string> ViolationsIn(string path)
    {
        string name = Path.GetFileName(path);
        return File.ReadLines(path)
            .Prepend(name)
            .Select((text, number) => (Text: text, Number: number))
            .Where(line => !Exceptions.Any(exception => exception.File == name && line.Text.Contains(exception.Line, StringComparison.Ordinal)))
            .SelectMany(line => AnyWord.Matches(line.Text).Select(match => $"{path}:{line.Number}: '{match.Value}'; usual: {UsualFor(match.Value)}"));
    }

    private static string UsualFor(string word) => Words.First(pair => Regex.IsMatch(word, pair.Key, RegexOptions.IgnoreCase)).Value;
}
