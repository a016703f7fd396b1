using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Sends uploads of each kind in turn.</summary>
internal sealed class ServingClient(Uri address, ServingImages images, ServingCounts counts) : IDisposable
{
    private const double Tolerance = 1e-5;
    private const int HugeBytes = 25_000_000;
    private const int Kinds = 8;

    private static readonly byte[] Bad = "This is no image."u8.ToArray();
    private static readonly byte[] Huge = new byte[HugeBytes];

    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address };

    /// <summary>Sends one upload after the other: five good ones, a bad one, a huge one and one that is aborted.</summary>
    internal async Task RunAsync(int first, CancellationToken end)
    {
        for (int number = first; !end.IsCancellationRequested; number++)
        {
            Task upload = (number % Kinds) switch
            {
                0 => SendAsync("bad", Bad, expectContinue: false),
                1 => SendAsync("huge", Huge, expectContinue: true),
                2 => AbortAsync(images.Images[number % images.Images.Length].Content),
                _ => SendGoodAsync(images.Images[number % images.Images.Length]),
            };
            await upload;
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task SendGoodAsync((byte[] Content, ClassScore Best) image)
    {
        long start = Stopwatch.GetTimestamp();
        using HttpResponseMessage? response = await PostAsync("good", image.Content, expectContinue: false, CancellationToken.None);
        if (response?.IsSuccessStatusCode == true)
        {
            JsonElement answer = await response.Content.ReadFromJsonAsync<JsonElement>();
            bool isRight = answer.GetProperty("label").GetString() == image.Best.Label && Math.Abs(answer.GetProperty("score").GetSingle() - image.Best.Score) < Tolerance;
            counts.AddAnswer(isRight, Stopwatch.GetElapsedTime(start));
        }
    }

    private async Task SendAsync(string kind, byte[] content, bool expectContinue)
    {
        using HttpResponseMessage? response = await PostAsync(kind, content, expectContinue, CancellationToken.None);
    }

    private async Task AbortAsync(byte[] content)
    {
        using CancellationTokenSource abort = new();
        using AbortedContent half = new(content, abort);
        await PostAsync("aborted", half, expectContinue: false, abort.Token);
    }

    private async Task<HttpResponseMessage?> PostAsync(string kind, byte[] content, bool expectContinue, CancellationToken abort)
    {
        using ByteArrayContent body = new(content);
        return await PostAsync(kind, body, expectContinue, abort);
    }

    private async Task<HttpResponseMessage?> PostAsync(string kind, HttpContent body, bool expectContinue, CancellationToken abort)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "v1/classify") { Content = body };
        request.Headers.ExpectContinue = expectContinue;
        try
        {
            HttpResponseMessage response = await _client.SendAsync(request, abort);
            counts.Add(kind, $"{(int)response.StatusCode}");
            return response;
        }
        catch (OperationCanceledException)
        {
            counts.Add(kind, "canceled");
        }
        catch (HttpRequestException error)
        {
            counts.Add(kind, $"{error.HttpRequestError}");
        }

        return null;
    }
}
