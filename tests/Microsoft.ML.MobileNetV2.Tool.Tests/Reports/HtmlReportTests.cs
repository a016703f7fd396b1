using Microsoft.ML.MobileNetV2.Tool.Commands.Evaluation;
using Microsoft.ML.MobileNetV2.Tool.Reports;

namespace Microsoft.ML.MobileNetV2.Tool.Tests.Reports;

[TestClass]
public sealed class HtmlReportTests
{
    [TestMethod]
    public void Create_ThousandMistakesInManyClasses_StaysBelowTheSize()
    {
        const int ThumbnailCount = 200;
        EvaluationReport report = CreateReport(classCount: 80, imageCount: 1000, index => index < ThumbnailCount ? new byte[ReportGallery.MostImageBytes / (2 * ThumbnailCount)] : null);

        string html = HtmlReport.Create(report);

        Assert.IsLessThan(ReportGallery.MostBytes, html.Length);
        Assert.HasCount(2 * ThumbnailCount + 1, html.Split("data:image/jpeg;base64,"));
        Assert.HasCount(1000 + 1, html.Split("<figure>"));
        Assert.Contains("The 50 classes with the most mistakes, of 80.", html);
    }

    [TestMethod]
    public void Create_WithoutMistakes_SaysSo()
    {
        string[] classes = ["cat", "dog"];
        var evaluation = ClassificationEvaluation.Create([new ScoredImage("images/1.png", "cat", new float[] { 0.9f, 0.1f })], classes);

        string html = HtmlReport.Create(new("m.zip", "images", DateTimeOffset.UnixEpoch, evaluation, [], [], []));

        Assert.Contains("100.0 % accurate", html);
        Assert.Contains("<p>There are none.</p>", html);
        Assert.DoesNotContain("<button", html);
    }

    /// <summary>Returns a report in which every image is taken for the next class.</summary>
    private static EvaluationReport CreateReport(int classCount, int imageCount, Func<int, byte[]?> draw)
    {
        string[] classes = [.. Enumerable.Range(0, classCount).Select(index => $"class {index}")];
        var evaluation = ClassificationEvaluation.Create(
            Enumerable.Range(0, imageCount).Select(index => new ScoredImage($"images/{index}.png", classes[index % classCount], ScoresOf((index + 1) % classCount, classCount))),
            classes);
        ReportImage[] gallery = [.. evaluation.Images.Select((image, index) => new ReportImage(image, draw(index), draw(index)))];
        return new("m.zip", "images", DateTimeOffset.UnixEpoch, evaluation, gallery, [], []);
    }

    private static float[] ScoresOf(int best, int classCount)
    {
        float[] scores = new float[classCount];
        Array.Fill(scores, 0.5f / (classCount - 1));
        scores[best] = 0.5f;
        return scores;
    }
}
