using System.Text.Json;
using Microsoft.ML.MobileNetV2.Tool.Commands;
using Microsoft.ML.MobileNetV2.Tool.Commands.Evaluation;
using Microsoft.ML.MobileNetV2.Tool.Commands.Prediction;
using Microsoft.ML.MobileNetV2.Tool.Shell;
using Microsoft.ML.MobileNetV2.Tool.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tool.Tests;

/// <summary>With <c>--json</c> every command writes one JSON document and nothing else to the standard output, whatever files and classes are called.</summary>
[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows, IgnoreMessage = "Names cannot hold such characters there.")]
public sealed class JsonTests
{
    /// <summary>What text formats trip over: quotes, a tab, a line break, an escape, and letters of other languages.</summary>
    private const string Odd = "größe \"大小\" \t\n\\\u001b";

    [TestMethod]
    [DataRow("info", DisplayName = "info")]
    [DataRow("info|{model}", DisplayName = "info: a model")]
    [DataRow("weights|list", DisplayName = "weights list")]
    [DataRow("weights|info|bundled", DisplayName = "weights info")]
    [DataRow("export|{model}|--onnx|{0}/m.onnx", DisplayName = "export")]
    [DataRow("evaluate|{model}|{0}/labeled|--report|{0}/r.html", DisplayName = "evaluate")]
    [DataRow("predict|{model}|{0}/drawn", DisplayName = "predict")]
    [DataRow("predict|{model}|{0}/drawn|--explain|{0}/maps", DisplayName = "predict: with maps")]
    [DataRow("compare|{0}/drawn|--weights|bundled-small|--sizes|32|--plot|{0}/p.svg", DisplayName = "compare")]
    [DataRow("clean|{0}/drawn|--weights|bundled-small", DisplayName = "clean")]
    [DataRow("train|{0}/drawn|--weights|bundled-small|--size|32|--epochs|2|--model|{0}/m.zip", DisplayName = "train")]
    [DataRow("featurize|{0}/drawn|--weights|bundled-small|--size|32|--output|{0}/f.parquet", DisplayName = "featurize")]
    public async Task Json_IsOneDocument(string arguments)
    {
        using TemporaryFolder folder = new();
        string place = Prepare(folder);

        ToolRun run = await ToolRun.StartAsync([.. arguments.Split('|').Select(word => Fill(word, place)), "--json"]);

        using JsonDocument document = JsonDocument.Parse(run.Output);
        Assert.EndsWith("\n", run.Output);
        Assert.IsTrue(run.OutputLines.Length == 1 || document.RootElement.ValueKind == JsonValueKind.Array, "one line, or an array with a line for each entry");
    }

    [TestMethod]
    public void ToJson_NotANumber_IsNull()
    {
        EvaluationResult evaluation = new(double.NaN, double.PositiveInfinity, 0.5, double.NegativeInfinity, 1, 0, 0, 0, [new("cat", 0, double.NaN, 0, 1)], []);
        PredictionResult prediction = new("a.png", "cat", float.NaN, [new("cat", float.NaN)], null);

        Assert.AreEqual(
            """{"accuracy":null,"top5":null,"macroF1":0.5,"logLoss":null,"calibrationError":1,"count":0,"rejected":0,"unreadable":0,"classes":[{"label":"cat","support":0,"precision":null,"recall":0,"f1":1}],"skipped":[]}""",
            CommandContext.ToJson(evaluation, CommandJson.Default.EvaluationResult, isIndented: false));
        Assert.AreEqual(
            """{"path":"a.png","label":"cat","score":null,"scores":[{"label":"cat","score":null}]}""",
            CommandContext.ToJson(prediction, CommandJson.Default.PredictionResult, isIndented: false));
    }

    /// <summary>Makes folders with images of odd names, in classes of odd names, one file that is no image among them.</summary>
    /// <returns>A folder of an odd name.</returns>
    private static string Prepare(TemporaryFolder folder)
    {
        string place = folder.PathOf(Odd);
        Directory.CreateDirectory(place);
        Directory.Move(LabeledImages.Write(folder), Path.Combine(place, "labeled"));
        Directory.Move(DrawnImages.Write(folder, "drawn", countOfEach: 4), Path.Combine(place, "drawn"));
        Directory.Move(Path.Combine(place, "drawn", "red"), Path.Combine(place, "drawn", Odd));
        File.WriteAllText(Path.Combine(place, "drawn", Odd, Odd + ".png"), "This is no image.");
        File.Copy(Path.Combine(SavedModels.Images, "00.png"), Path.Combine(place, "labeled", "some", Odd + ".png"));
        return place;
    }

    private static string Fill(string word, string place) =>
        word.Replace("{0}", place, StringComparison.Ordinal).Replace("{model}", SavedModels.Multiclass, StringComparison.Ordinal);
}
