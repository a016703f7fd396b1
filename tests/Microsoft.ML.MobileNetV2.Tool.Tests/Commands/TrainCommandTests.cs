using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.ML.MobileNetV2.Tool.Shell;
using Microsoft.ML.MobileNetV2.Tool.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tool.Tests.Commands;

[TestClass]
public sealed class TrainCommandTests
{
    /// <summary>The smallest network and images, for training within a second.</summary>
    private static readonly string[] Small = ["--weights", "bundled-small", "--size", "64"];

    [TestMethod]
    public async Task Train_Json_HasTheFiguresOfAModelThatPredicts()
    {
        using TemporaryFolder folder = new();
        string images = DrawnImages.Write(folder, "images", countOfEach: 12);
        string model = folder.PathOf("m.zip");

        ToolRun run = await ToolRun.StartAsync(["train", images, "--model", model, "--json", .. Small]);

        Assert.AreEqual(ExitCode.Done, run.ExitCode, run.Error);
        using JsonDocument result = JsonDocument.Parse(run.Output);
        Assert.AreSequenceEqual(["accuracy", "epochs", "classes", "seconds", "model"], result.RootElement.EnumerateObject().Select(property => property.Name));
        Assert.AreEqual(1, result.RootElement.GetProperty("accuracy").GetDouble());
        Assert.IsGreaterThan(0, result.RootElement.GetProperty("epochs").GetInt32());
        Assert.AreSequenceEqual(DrawnImages.Classes, result.RootElement.GetProperty("classes").EnumerateArray().Select(name => name.GetString()!));
        Assert.AreEqual(model, result.RootElement.GetProperty("model").GetString());
        using var classifier = ImageClassifier.Load(model);
        Assert.AreEqual("green", classifier.Predict(ImageSource.FromBytes(DrawnImages.Draw("green", 20))).Best.Label);
        Assert.AreSequenceEqual(["m.zip"], folder.Files().Where(file => Path.GetDirectoryName(file) == string.Empty));
    }

    [TestMethod]
    public async Task Train_Text_HasSplitWarningsEpochsAndResult()
    {
        using TemporaryFolder folder = new();
        string images = DrawnImages.Write(folder, "images", countOfEach: 10);
        string broken = folder.Write("images/red/broken.png", "This is no image.");
        string empty = folder.Write("images/red/empty.png", string.Empty);

        ToolRun run = await ToolRun.StartAsync(["train", images, "--model", folder.PathOf("m.zip"), "--epochs", "3", "--seed", "2", .. Small]);

        Assert.AreEqual(ExitCode.Done, run.ExitCode, run.Error);
        Assert.MatchesRegex(@"green +│ +8 │ +2", run.Output);
        Assert.Contains("24 images of 3 classes to train with, 6 to measure with", run.Output);
        Assert.MatchesRegex(@"epoch +3  loss 0\.\d+  accuracy +\d+\.\d %  validation +\d+\.\d %", run.Output);
        Assert.MatchesRegex(@"accuracy \d+\.\d % on the validation images; 3 epochs, the best is \d; ", run.Output);
        Assert.Contains($"saved {folder.PathOf("m.zip")} (", run.OutputLines[^1]);
        Assert.Contains("warning: The class 'green' has only 8 images to train with; some dozens are better.", run.Error);
        Assert.Contains($"warning: skipped '{broken}'", run.Error);
        Assert.Contains($"'{empty}'", run.Error);
    }

    [TestMethod]
    public async Task Train_WithoutValidation_HasNoAccuracy()
    {
        using TemporaryFolder folder = new();
        string images = DrawnImages.Write(folder, "images", countOfEach: 4);

        ToolRun run = await ToolRun.StartAsync(["train", images, "--model", folder.PathOf("m.zip"), "--validation-fraction", "0", "--epochs", "2", "--json", .. Small]);

        Assert.AreEqual(ExitCode.Done, run.ExitCode, run.Error);
        using JsonDocument result = JsonDocument.Parse(run.Output);
        Assert.AreEqual(JsonValueKind.Null, result.RootElement.GetProperty("accuracy").ValueKind);
        Assert.AreEqual(2, result.RootElement.GetProperty("epochs").GetInt32());
    }

    [TestMethod]
    public async Task Train_ListAndValidationFolder_AreUsed()
    {
        using TemporaryFolder folder = new();
        string images = DrawnImages.Write(folder, "images", countOfEach: 6);
        string validation = DrawnImages.Write(folder, "validation", countOfEach: 2);
        string list = folder.Write("labels.csv", string.Join('\n', Enumerable.Range(0, 6).SelectMany(i => (string[])[$"red/{i:000}.png,warm", $"blue/{i:000}.png,cold"])));
        Directory.Move(folder.PathOf("validation", "red"), folder.PathOf("validation", "warm"));
        Directory.Move(folder.PathOf("validation", "blue"), folder.PathOf("validation", "cold"));

        ToolRun run = await ToolRun.StartAsync(["train", images, "--labels", list, "--validation", validation, "--model", folder.PathOf("m.zip"), "--epochs", "5", .. Small]);

        Assert.AreEqual(ExitCode.Done, run.ExitCode, run.Error);
        Assert.Contains("12 images of 2 classes to train with, 4 to measure with", run.Output);
        Assert.Contains("warning: Left out the validation images of classes that are not trained: green.", run.Error);
    }

    [TestMethod]
    public async Task Train_SameFileInTwoClasses_IsOnOneSideOfTheSplit()
    {
        using TemporaryFolder folder = new();
        string images = DrawnImages.Write(folder, "images", countOfEach: 5);
        foreach (string label in DrawnImages.Classes)
        {
            for (int i = 0; i < 5; i++)
            {
                File.Copy(folder.PathOf("images", label, $"{i:000}.png"), folder.PathOf("images", label, $"copy{i}.png"));
            }
        }

        ToolRun run = await ToolRun.StartAsync(["train", images, "--model", folder.PathOf("m.zip"), "--epochs", "1", .. Small]);

        Assert.AreEqual(ExitCode.Done, run.ExitCode, run.Error);
        Assert.Contains("24 images of 3 classes to train with, 6 to measure with", run.Output, "one of five pairs of each class, whole");
    }

    [TestMethod]
    [DataRow]
    [DataRow("--cache", "{0}/cache", DisplayName = "with a cache")]
    [DataRow("--cache", "{0}/cache", "--augment", DisplayName = "with a cache and views")]
    [DataRow("--fine-tune", "1", DisplayName = "with the last block of the network")]
    public async Task Train_ValidationImagesThatAreTrainedOn_AreWarnedOf(params string[] options)
    {
        using TemporaryFolder folder = new();
        string images = DrawnImages.Write(folder, "images", countOfEach: 4);
        string validation = DrawnImages.Write(folder, "validation", countOfEach: 2);
        string[] arguments =
        [
            "train", images, "--validation", validation, "--model", folder.PathOf("m.zip"), "--epochs", "1",
            .. options.Select(option => option.Replace("{0}", folder.Path, StringComparison.Ordinal)), .. Small,
        ];

        foreach (string time in (string[])["first", "second"])
        {
            ToolRun run = await ToolRun.StartAsync(arguments);

            Assert.AreEqual(ExitCode.Done, run.ExitCode, run.Error);
            Assert.Contains("warning: 6 of the 6 images to measure with look like images to train with, such as '", run.Error, time);
        }
    }

    [TestMethod]
    public async Task Train_WithACache_SplitsAndWarnsAsWithout()
    {
        using TemporaryFolder folder = new();
        string images = DrawnImages.Write(folder, "images", countOfEach: 10);
        foreach (string path in Directory.GetFiles(images, "000.png", SearchOption.AllDirectories))
        {
            // Readers ignore what stands behind the image: another file with the same look.
            File.WriteAllBytes(path.Replace("000", "same", StringComparison.Ordinal), [.. File.ReadAllBytes(path), 0]);
        }

        string[] arguments = ["train", images, "--model", folder.PathOf("m.zip"), "--epochs", "2", .. Small];
        ToolRun expected = await ToolRun.StartAsync(arguments);
        ToolRun first = await ToolRun.StartAsync([.. arguments, "--cache", folder.PathOf("cache")]);
        ToolRun second = await ToolRun.StartAsync([.. arguments, "--cache", folder.PathOf("cache")]);

        Assert.Contains("look like images to train with", expected.Error, "images of a class look alike: copies alone are kept together");
        foreach (ToolRun run in (ToolRun[])[first, second])
        {
            Assert.AreEqual(ExitCode.Done, run.ExitCode, run.Error);
            Assert.AreSequenceEqual(LinesWithoutTime(expected.OutputLines), LinesWithoutTime(run.OutputLines));
            Assert.AreSequenceEqual(WarningsOf(expected), WarningsOf(run));
        }

        static IEnumerable<string> LinesWithoutTime(string[] lines) => lines.Select(line => Regex.Replace(line, @"[\d.]+ s( left)?$", string.Empty).TrimEnd());

        static IEnumerable<string> WarningsOf(ToolRun run) => run.ErrorLines.Where(line => line.StartsWith("warning: ", StringComparison.Ordinal));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true, DisplayName = "with a cache")]
    public async Task Train_ClassThatCannotBeRead_IsNamed(bool hasCache)
    {
        using TemporaryFolder folder = new();
        string images = DrawnImages.Write(folder, "images", countOfEach: 4);
        ImageFolder.AddUnreadable(Path.Combine(images, "void"), "broken", 2);
        string[] cache = hasCache ? ["--cache", folder.PathOf("cache")] : [];

        ToolRun run = await ToolRun.StartAsync(["train", images, "--model", folder.PathOf("m.zip"), "--epochs", "1", "--json", .. cache, .. Small]);

        Assert.AreEqual(ExitCode.Done, run.ExitCode, run.Error);
        Assert.Contains("warning: None of the images of the class 'void' can be read: the model does not know it.", run.Error);
        Assert.Contains($"warning: skipped '{Path.Combine(images, "void", "broken0000.png")}'", run.Error);
        using JsonDocument result = JsonDocument.Parse(run.Output);
        Assert.AreSequenceEqual(DrawnImages.Classes, result.RootElement.GetProperty("classes").EnumerateArray().Select(name => name.GetString()!));
    }

    [TestMethod]
    public async Task Train_OneClassCanBeRead_WithACache_FailsWithoutAModel()
    {
        using TemporaryFolder folder = new();
        string images = folder.PathOf("images");
        Directory.CreateDirectory(Path.Combine(images, "red"));
        File.WriteAllBytes(folder.PathOf("images", "red", "1.png"), DrawnImages.Draw("red", 1));
        ImageFolder.AddUnreadable(Path.Combine(images, "void"), "broken", 2);

        ToolRun run = await ToolRun.StartAsync(["train", images, "--model", folder.PathOf("m.zip"), "--validation-fraction", "0", "--cache", folder.PathOf("cache"), .. Small]);

        Assert.AreEqual(ExitCode.Failed, run.ExitCode);
        Assert.DoesNotContain("defect", run.Error);
        Assert.DoesNotContain("m.zip", folder.Files());
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true, DisplayName = "with the last block of the network")]
    public async Task Train_Calibrate_GivesTheSameClassesWithOtherScores(bool isFineTuned)
    {
        using TemporaryFolder folder = new();
        string images = DrawnImages.Write(folder, "images", countOfEach: 6);
        string validation = DrawnImages.Write(folder, "validation", countOfEach: 3);
        File.Move(folder.PathOf("validation", "red", "000.png"), folder.PathOf("validation", "blue", "wrong.png"));
        string[] arguments = ["train", images, "--validation", validation, "--epochs", "8", "--json", .. isFineTuned ? (string[])["--fine-tune", "1"] : [], .. Small];

        ToolRun run = await ToolRun.StartAsync([.. arguments, "--model", folder.PathOf("a.zip"), "--calibrate"]);
        await ToolRun.StartAsync([.. arguments, "--model", folder.PathOf("b.zip")]);

        Assert.AreEqual(ExitCode.Done, run.ExitCode, run.Error);
        using JsonDocument result = JsonDocument.Parse(run.Output);
        double temperature = result.RootElement.GetProperty("temperature").GetDouble();
        Assert.AreNotEqual(1, temperature, "one of nine labels is wrong");
        using ImageClassifier calibrated = ImageClassifier.Load(folder.PathOf("a.zip")), other = ImageClassifier.Load(folder.PathOf("b.zip"));
        ClassScore expected = other.Predict(ImageSource.FromBytes(DrawnImages.Draw("green", 20))).Best, actual = calibrated.Predict(ImageSource.FromBytes(DrawnImages.Draw("green", 20))).Best;
        Assert.AreEqual("green", actual.Label);
        Assert.AreEqual(temperature > 1, actual.Score < expected.Score, $"temperature {temperature}, score {expected.Score}, now {actual.Score}");
    }

    [TestMethod]
    public async Task Train_CanceledWhileTheReportIsWritten_KeepsModelAndResult()
    {
        using TemporaryFolder folder = new();
        string images = DrawnImages.Write(folder, "images", countOfEach: 6);
        using CancellationTokenSource source = new();
        StringWriter output = new();
        WatchedWriter error = new("evaluating: ", source.Cancel);

        int exitCode = await CommandLineTool.RunAsync(
            ["train", images, "--model", folder.PathOf("m.zip"), "--run-folder", folder.PathOf("run"), "--epochs", "2", "--json", .. Small], new Terminal(output, error, false, false), source.Token);

        Assert.AreEqual(ExitCode.Failed, exitCode);
        Assert.Contains($"canceled; '{folder.PathOf("m.zip")}' is complete, only the report in '{folder.PathOf("run")}' is missing", error.ToString());
        using JsonDocument result = JsonDocument.Parse(output.ToString());
        Assert.AreEqual(2, result.RootElement.GetProperty("epochs").GetInt32());
        using var classifier = ImageClassifier.Load(folder.PathOf("m.zip"));
        Assert.AreSequenceEqual(["curves.svg", "history.json", "options.json"], Directory.GetFiles(folder.PathOf("run")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
    }

    [TestMethod]
    public async Task Train_RunFolder_KeepsOptionsHistoryAndCurves()
    {
        using TemporaryFolder folder = new();
        string images = DrawnImages.Write(folder, "images", countOfEach: 6);

        ToolRun run = await ToolRun.StartAsync(
            ["train", images, "--model", folder.PathOf("m.zip"), "--run-folder", folder.PathOf("run"), "--fine-tune", "1", "--epochs", "2", "--augment", "--class-weights", "balanced", .. Small]);

        Assert.AreEqual(ExitCode.Done, run.ExitCode, run.Error);
        Assert.AreSequenceEqual(["curves.svg", "history.json", "options.json", "report.html"], Directory.GetFiles(folder.PathOf("run")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        using JsonDocument options = JsonDocument.Parse(File.ReadAllText(folder.PathOf("run", "options.json")));
        Assert.AreEqual(1, options.RootElement.GetProperty("fineTune").GetInt32());
        using JsonDocument history = JsonDocument.Parse(File.ReadAllText(folder.PathOf("run", "history.json")));
        Assert.AreEqual(2, history.RootElement.GetProperty("fineTuning").GetArrayLength());
        var curves = System.Xml.Linq.XElement.Load(folder.PathOf("run", "curves.svg"));
        Assert.HasCount(4, curves.Descendants().Where(element => (string?)element.Attribute("stroke-linejoin") == "round"), "accuracy and loss, each for training and validation");
    }

    [TestMethod]
    public async Task Train_RunFolderOfATrainingBefore_KeepsNothingOfIt()
    {
        using TemporaryFolder folder = new();
        string images = DrawnImages.Write(folder, "images", countOfEach: 6);
        string[] arguments = ["train", images, "--model", folder.PathOf("m.zip"), "--run-folder", folder.PathOf("run"), "--epochs", "2", .. Small];
        await ToolRun.StartAsync(arguments);
        folder.Write("run/notes.txt", "Somebody's work.");

        ToolRun run = await ToolRun.StartAsync([.. arguments, "--validation-fraction", "0"]);

        Assert.AreEqual(ExitCode.Done, run.ExitCode, run.Error);
        Assert.AreSequenceEqual(["curves.svg", "history.json", "notes.txt", "options.json"], Directory.GetFiles(folder.PathOf("run")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
    }

    [TestMethod]
    public async Task Train_ContinueFrom_KeepsTheNetworkAndUsesTheCache()
    {
        using TemporaryFolder folder = new();
        string images = DrawnImages.Write(folder, "images", countOfEach: 6);
        string[] cache = ["--cache", folder.PathOf("cache")];
        ToolRun first = await ToolRun.StartAsync(["train", images, "--model", folder.PathOf("a.zip"), "--epochs", "2", .. cache, .. Small]);
        Assert.AreEqual(ExitCode.Done, first.ExitCode, first.Error);
        string ofTheNetwork = Directory.GetDirectories(folder.PathOf("cache")).Single();
        long cached = LengthOf(ofTheNetwork);

        ToolRun run = await ToolRun.StartAsync(["train", images, "--model", folder.PathOf("b.zip"), "--continue-from", folder.PathOf("a.zip"), "--epochs", "2", .. cache]);

        Assert.AreEqual(ExitCode.Done, run.ExitCode, run.Error);
        using var classifier = ImageClassifier.Load(folder.PathOf("b.zip"));
        Assert.AreEqual(64, classifier.Preprocessing.InputSize);
        Assert.AreEqual(0.5f, classifier.WeightsDescription.Architecture.WidthMultiplier);
        Assert.IsGreaterThan(0, cached);
        Assert.AreEqual(cached, LengthOf(ofTheNetwork), "nothing was computed again");

        static long LengthOf(string path) => Directory.GetFiles(path).Sum(file => new FileInfo(file).Length);
    }

    [TestMethod]
    public async Task Train_CanceledAfterAnEpoch_KeepsTheBestModelSoFar()
    {
        using TemporaryFolder folder = new();
        string images = DrawnImages.Write(folder, "images", countOfEach: 6);
        using CancellationTokenSource source = new();
        WatchedWriter output = new("epoch   2", source.Cancel);
        StringWriter error = new();

        int exitCode = await CommandLineTool.RunAsync(
            ["train", images, "--model", folder.PathOf("m.zip"), "--epochs", "100000", "--validation-fraction", "0", .. Small], new Terminal(output, error, false, false), source.Token);

        Assert.AreEqual(ExitCode.Failed, exitCode);
        Assert.Contains("canceled; '" + folder.PathOf("m.zip") + "' has the best model so far, of epoch ", error.ToString());
        using var classifier = ImageClassifier.Load(folder.PathOf("m.zip"));
        Assert.AreSequenceEqual(DrawnImages.Classes, classifier.Classes);
    }

    [TestMethod]
    public async Task Train_CanceledBeforeAnEpoch_WritesNothing()
    {
        using TemporaryFolder folder = new();
        string images = DrawnImages.Write(folder, "images", countOfEach: 4);

        ToolRun run = await ToolRun.StartAsync(new CancellationToken(canceled: true), ["train", images, "--model", folder.PathOf("m.zip"), .. Small]);

        Assert.AreEqual(ExitCode.Failed, run.ExitCode);
        Assert.Contains("canceled", run.Error);
        Assert.DoesNotContain("m.zip", folder.Files());
    }
}
